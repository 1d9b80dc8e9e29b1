package storagelab.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The steps of one run of a model test, which can be kept as a file and replayed. Lines that begin with {@code #} say
 * where it comes from.
 */
record Trace(List<StoreOperation> operations) {
    Trace {
        operations = List.copyOf(operations);
    }

    static Trace read(Path file) throws IOException {
        return new Trace(Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(TraceText::parse)
                .toList());
    }

    /** Writes the steps to {@code file}, one a line, under a line that says {@code origin}. */
    void write(Path file, String origin) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file,
                operations.stream()
                        .map(TraceText::print)
                        .collect(Collectors.joining("\n", "# " + origin + "\n", "\n")));
    }

    /** The steps, numbered from 1. */
    String numbered() {
        return IntStream.range(0, operations.size())
                .mapToObj(i -> String.format("%3d. %s", i + 1, TraceText.print(operations.get(i))))
                .collect(Collectors.joining("\n"));
    }
}

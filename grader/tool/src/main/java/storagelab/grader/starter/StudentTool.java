package storagelab.grader.starter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import storagelab.grader.LabException;

/** The edition of the tool that goes into a handout: without hidden tests and zoo, and without the labs. */
final class StudentTool {
    private static final String FOLDER = ".lab/lib/";

    /** The reference, and what judges it; of the latter, the benchmarks have jars of their own. What only {@code grade-all} uses is not needed either. */
    private static final String NOT_FOR_STUDENTS =
            "(lab|grader-course|grader-measure|commons-compress|commons-csv|jimfs|tomlj|antlr4-runtime|snakeyaml)-.*";

    private StudentTool() {}

    /** The jars of the built checkout {@code home} that a handout carries, by their path in it. */
    static SortedMap<String, byte[]> jars(Path home) {
        Path grader = home.resolve("grader");
        SortedMap<String, byte[]> jars = new TreeMap<>();
        for (Path lab : list(grader.resolve("course"))) {
            for (Path jar : list(lab.resolve("target"))) {
                if (jar.getFileName().toString().endsWith("-bench.jar")) {
                    jars.put(FOLDER + jar.getFileName(), bytes(jar));
                }
            }
        }
        if (jars.isEmpty()) {
            throw new LabException("The tool for handouts is not built.", "Build it with: mvn package -DskipTests");
        }
        for (Path jar : list(grader.resolve("target/lib"))) {
            String name = jar.getFileName().toString();
            if (name.endsWith(".jar") && !name.matches(NOT_FOR_STUDENTS)) {
                jars.put(FOLDER + name, bytes(jar));
            }
        }
        return jars;
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

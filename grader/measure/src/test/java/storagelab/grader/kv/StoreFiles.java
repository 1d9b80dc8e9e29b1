package storagelab.grader.kv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import storagelab.api.Slice;

/** The files of a directory, so that a test can say whether any of them has changed. */
final class StoreFiles {
    private StoreFiles() {}

    /** Path and content of each file in {@code directory} and below. */
    static TreeMap<String, Slice> of(Path directory) throws IOException {
        TreeMap<String, Slice> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                String name = directory.relativize(file).toString();
                contents.put(name, Files.isDirectory(file) ? Slice.EMPTY : Slice.wrap(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}

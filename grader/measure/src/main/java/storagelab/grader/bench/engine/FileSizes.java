package storagelab.grader.bench.engine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/**
 * The files in a directory and below, and how large they are. Two that are equal show that nobody has written there in
 * between, or hardly anything.
 *
 * @param bytes by path
 */
public record FileSizes(Map<Path, Long> bytes) {
    public FileSizes {
        bytes = Map.copyOf(bytes);
    }

    /** What is below {@code directory} now; a file that is deleted meanwhile may be missing. */
    public static FileSizes of(Path directory) throws IOException {
        Map<Path, Long> sizes = new HashMap<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sizes.put(file, attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException && !file.equals(directory)) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return new FileSizes(sizes);
    }

    /** Of all files together. */
    public long sum() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}

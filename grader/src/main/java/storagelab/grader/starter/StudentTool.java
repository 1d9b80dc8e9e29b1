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

/** The edition of the tool that goes into a handout: without hidden tests, zoo and audit, and without the labs. */
final class StudentTool {
    private static final String FOLDER = ".lab/lib/";

    private StudentTool() {}

    /** The jars of the built checkout {@code home} that a handout carries, by their path in it. */
    static SortedMap<String, byte[]> jars(Path home) {
        Path target = home.resolve("grader/target");
        SortedMap<String, byte[]> jars = new TreeMap<>();
        for (Path jar : list(target)) {
            if (jar.getFileName().toString().matches("grader-.*-student\\.jar")) {
                jars.put(FOLDER + jar.getFileName(), bytes(jar));
            }
        }
        if (jars.isEmpty()) {
            throw new LabException(
                    "The students' edition of the tool is not built.", "Build it with: mvn package -DskipTests");
        }
        for (Path jar : list(target.resolve("lib"))) {
            String name = jar.getFileName().toString();
            if (name.endsWith(".jar") && !name.startsWith("lab-")) {
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

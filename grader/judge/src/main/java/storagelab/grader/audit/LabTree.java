package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the parts of one module of the checkout are.
 *
 * @param root directory of the module
 */
record LabTree(Path root) {
    Path mainSources() {
        return root.resolve("src/main/java");
    }

    Path testSources() {
        return root.resolve("src/test/java");
    }

    Path testResources() {
        return root.resolve("src/test/resources");
    }

    Path mainClasses() {
        return root.resolve("target/classes");
    }

    Path testClasses() {
        return root.resolve("target/test-classes");
    }

    Path hints() {
        return root.resolve("hints");
    }

    Path readme() {
        return root.resolve("README.md");
    }

    /** Every regular file below {@code directory} whose name ends with {@code suffix}, in order; none if it is absent. */
    static List<Path> filesBelow(Path directory, String suffix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> path.toString().endsWith(suffix))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    /** Binary names of the classes below {@code directory}, in order. */
    static List<String> classNames(Path directory) throws IOException {
        return filesBelow(directory, ".class").stream()
                .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                .map(name ->
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                .filter(name -> !name.endsWith("package-info") && !name.endsWith("module-info"))
                .toList();
    }
}

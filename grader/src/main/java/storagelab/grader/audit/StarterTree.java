package storagelab.grader.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import storagelab.grader.course.Lab;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.Stubber;

/**
 * The starter of one lab, written out and compiled with its public tests and with the hidden ones.
 *
 * @param texts the Java sources by path below the lab's directory
 * @param classes the compiled main sources
 * @param testClasses the compiled public tests
 * @param errors of the compiler, each naming what was compiled
 */
record StarterTree(Map<String, String> texts, Path classes, Path testClasses, List<String> errors) {
    StarterTree {
        errors = List.copyOf(errors);
    }

    /** Makes and compiles the starter of {@code lab} below the directory {@code name}, which is emptied. */
    static StarterTree of(AuditScope scope, Lab lab, String name) throws IOException {
        Path root = scope.freshDirectory(name);
        Map<String, String> texts = texts(scope, lab);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = root.resolve("source").resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue(), StandardCharsets.UTF_8);
        }
        Path source = root.resolve("source");
        Path classes = Files.createDirectories(root.resolve("classes"));
        Path testClasses = Files.createDirectories(root.resolve("test-classes"));
        List<String> errors = new ArrayList<>();
        List<Path> below = new ArrayList<>(scope.libraries());
        scope.classes(lab).stream()
                .filter(directory -> !directory.equals(scope.tree(lab).mainClasses()))
                .forEach(below::add);
        compile(below, source.resolve("src/main/java"), classes, "the starter", errors);
        below.add(classes);
        compile(below, source.resolve("src/test/java"), testClasses, "the public tests on the starter", errors);
        below.add(testClasses);
        compile(below, hiddenSources(scope, lab), root.resolve("hidden"), "the hidden tests on the starter", errors);
        return new StarterTree(texts, classes, testClasses, errors);
    }

    private static Path hiddenSources(AuditScope scope, Lab lab) {
        return scope.home().resolve("grader/src/main/java/storagelab/grader/hidden/lab%02d".formatted(lab.number()));
    }

    private static void compile(List<Path> classPath, Path sources, Path output, String what, List<String> errors)
            throws IOException {
        new SourceCompiler(classPath)
                .compile(LabTree.filesBelow(sources, ".java"), output)
                .forEach(error -> errors.add(what + ": " + error));
    }

    private static Map<String, String> texts(AuditScope scope, Lab lab) throws IOException {
        Path root = scope.tree(lab).root();
        Map<String, String> texts = new TreeMap<>();
        for (Path file : LabTree.filesBelow(root.resolve("src"), ".java")) {
            String path = root.relativize(file).toString().replace('\\', '/');
            Optional<String> text = Stubber.starter(SourceFile.parse(path, Files.readString(file)));
            text.ifPresent(found -> texts.put(path, found));
        }
        return texts;
    }
}

package storagelab.grader.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;
import storagelab.grader.compile.SourceCompiler;
import storagelab.grader.course.Lab;
import storagelab.grader.starter.Starter;

/**
 * The starter of one lab, written out and compiled with its public tests and with the hidden ones.
 *
 * @param files how many main sources it has
 * @param classes the compiled main sources
 * @param testClasses the compiled public tests, and what they read, beside them
 * @param errors of the compiler, each naming what was compiled
 */
record StarterTree(int files, Path classes, Path testClasses, List<String> errors) {
    StarterTree {
        errors = List.copyOf(errors);
    }

    /** Makes and compiles the starter of {@code lab} below the directory {@code name}, which is emptied. */
    static StarterTree of(AuditScope scope, Lab lab, String name) throws IOException {
        Path root = scope.freshDirectory(name);
        Starter starter = Starter.of(scope.home(), lab.module());
        for (Map.Entry<String, String> text : starter.sources().entrySet()) {
            Files.writeString(created(root, text.getKey()), text.getValue(), StandardCharsets.UTF_8);
        }
        for (Map.Entry<String, Path> file : starter.copied().entrySet()) {
            Files.copy(file.getValue(), created(root, file.getKey()));
        }
        LabTree tree = new LabTree(root.resolve(lab.module()));
        Path classes = Files.createDirectories(tree.mainClasses());
        Path testClasses = Files.createDirectories(tree.testClasses());
        List<String> errors = new ArrayList<>();
        List<Path> below = new ArrayList<>(scope.libraries());
        below.addAll(scope.classesBelow(lab));
        compile(below, tree.mainSources(), classes, "the starter", errors);
        below.add(classes);
        below.addAll(scope.testClassesBelow(lab));
        compile(below, tree.testSources(), testClasses, "the public tests on the starter", errors);
        if (Files.isDirectory(tree.testResources())) {
            PathUtils.copyDirectory(tree.testResources(), testClasses);
        }
        below.add(testClasses);
        below.addAll(scope.graderClasses(lab));
        compile(below, hiddenSources(scope, lab), root.resolve("hidden"), "the hidden tests on the starter", errors);
        return new StarterTree(starter.sources().size(), classes, testClasses, errors);
    }

    private static Path created(Path root, String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        return file;
    }

    private static Path hiddenSources(AuditScope scope, Lab lab) {
        return scope.material(lab).resolve("hidden");
    }

    private static void compile(List<Path> classPath, Path sources, Path output, String what, List<String> errors)
            throws IOException {
        new SourceCompiler(classPath)
                .compile(LabTree.filesBelow(sources, ".java"), output)
                .forEach(error -> errors.add(what + ": " + error));
    }
}

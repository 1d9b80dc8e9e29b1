package storagelab.grader.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import storagelab.grader.compile.IncrementalCompiler.Compiled;
import storagelab.grader.model.CompileError;

/**
 * Compiles the labs of a workspace in this JVM, only what changed. What was compiled lies in {@code .lab/build}, one
 * directory a lab.
 */
public final class LabCompiler {
    private final Path root;
    private final Path metadata;
    private final Libraries libraries;

    /**
     * @param root the workspace
     * @param metadata its {@code .lab}
     */
    public LabCompiler(Path root, Path metadata, Libraries libraries) {
        this.root = root;
        this.metadata = metadata;
        this.libraries = libraries;
    }

    /**
     * A lab that was compiled.
     *
     * @param classes directory with the classes of the lab
     * @param testClasses directory with the classes of its tests
     * @param errors in the lab and its tests, by paths from the workspace
     * @param broken paths from the workspace of the sources that do not compile; they were judged as handed out
     */
    public record Build(Path classes, Path testClasses, List<CompileError> errors, Set<String> broken) {
        public Build {
            errors = List.copyOf(errors);
            broken = Set.copyOf(broken);
        }
    }

    /** Where the classes of a lab are; the directory exists when this returns. */
    public Path classes(String module) throws IOException {
        return Files.createDirectories(directory(module).resolve("classes"));
    }

    /** Where the classes of a lab's tests are; the directory exists when this returns. */
    public Path testClasses(String module) throws IOException {
        return Files.createDirectories(directory(module).resolve("test-classes"));
    }

    private Path directory(String module) {
        return metadata.resolve("build").resolve(module);
    }

    /**
     * Brings one lab up to date.
     *
     * @param below the labs that it builds on, already compiled
     */
    public Build compile(String module, List<String> below) throws IOException {
        List<Path> classPath = new ArrayList<>(libraries.forLabs());
        for (String lower : below) {
            classPath.add(classes(lower));
        }
        SourceSet main = sourceSet(module, "src/main/java", classes(module), classPath);
        StringBuilder uses = new StringBuilder();
        StringBuilder testUses = new StringBuilder();
        for (String lower : below) {
            uses.append(BuildState.read(state(classes(lower))).face());
            testUses.append(BuildState.read(state(testClasses(lower))).face());
        }
        Compiled compiled = new IncrementalCompiler(main).compile(uses.toString());

        List<Path> testClassPath = new ArrayList<>(List.of(main.classes()));
        testClassPath.addAll(classPath);
        for (String lower : below) {
            testClassPath.add(testClasses(lower));
        }
        testClassPath.addAll(libraries.forTests());
        SourceSet tests = sourceSet(module, "src/test/java", testClasses(module), testClassPath);
        Compiled compiledTests = new IncrementalCompiler(tests).compile(compiled.face() + uses + testUses);

        Collected collected = new Collected(new ArrayList<>(), new TreeSet<>());
        collected.add(module + "/src/main/java/", compiled);
        collected.add(module + "/src/test/java/", compiledTests);
        return new Build(main.classes(), tests.classes(), collected.errors, collected.broken);
    }

    private SourceSet sourceSet(String module, String kind, Path classes, List<Path> classPath) {
        return new SourceSet(
                root.resolve(module).resolve(kind),
                metadata.resolve("starter").resolve(module).resolve(kind),
                classes,
                state(classes),
                classPath);
    }

    private static Path state(Path classes) {
        return classes.resolveSibling(classes.getFileName() + ".json");
    }

    private record Collected(List<CompileError> errors, Set<String> broken) {
        void add(String prefix, Compiled compiled) {
            for (CompileError error : compiled.errors()) {
                errors.add(new CompileError(
                        prefix + error.file(), error.line(), error.column(), error.message(), error.sourceLine()));
            }
            compiled.broken().forEach(path -> broken.add(prefix + path));
        }
    }
}

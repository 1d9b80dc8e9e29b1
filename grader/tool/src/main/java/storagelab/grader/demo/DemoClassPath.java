package storagelab.grader.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import storagelab.grader.compile.LabCompiler;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Lab;
import storagelab.grader.model.CompileError;
import storagelab.grader.workspace.Workspace;

/**
 * Whose code experiments measure.
 *
 * @param entries what the JVM of the experiments runs on
 * @param errors what does not compile in a workspace; it is measured as it was handed out
 */
public record DemoClassPath(List<Path> entries, List<CompileError> errors) {
    /** Copies the lists. */
    public DemoClassPath {
        entries = List.copyOf(entries);
        errors = List.copyOf(errors);
    }

    /** The reference: all that this tool runs on. */
    public static DemoClassPath ofReference() {
        return new DemoClassPath(tool().toList(), List.of());
    }

    /** The labs of {@code workspace}, compiled now. The reference's labs are not on it, not even behind. */
    public static DemoClassPath of(Workspace workspace) throws IOException {
        LabCompiler compiler = new LabCompiler(workspace.root(), workspace.metadata(), Libraries.ofThisTool());
        List<Path> entries = new ArrayList<>();
        List<CompileError> errors = new ArrayList<>();
        List<String> below = new ArrayList<>();
        for (Lab lab : workspace.course().labs()) {
            if (lab.published()) {
                LabCompiler.Build build = compiler.compile(lab.module(), below);
                errors.addAll(build.errors());
                entries.add(build.classes());
                entries.add(workspace.root().resolve(lab.module()).resolve("src/main/resources"));
                below.add(lab.module());
            }
        }
        tool().filter(entry -> !isLab(entry)).forEach(entries::add);
        return new DemoClassPath(entries, errors);
    }

    private static Stream<Path> tool() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath());
    }

    /** A jar of a lab, or the directory of its classes when the tool runs from a build. */
    private static boolean isLab(Path entry) {
        return entry.getFileName().toString().startsWith("lab-")
                || Files.isDirectory(entry.resolve("storagelab/course"))
                || Files.isDirectory(entry.resolve("storagelab/testkit"));
    }
}

package storagelab.grader.audit;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources of the course in this JVM, where the compiler is warm. */
final class SourceCompiler {
    private static final List<String> OPTIONS =
            List.of("--release", "17", "-proc:none", "-implicit:none", "-parameters", "-g", "-Xlint:none", "-nowarn");

    private final List<Path> classPath;

    /** A compiler whose sources see {@code classPath}. */
    SourceCompiler(List<Path> classPath) {
        this.classPath = List.copyOf(classPath);
    }

    /**
     * Compiles {@code sources} into {@code output}, which is created.
     *
     * @return the errors, each with file, line and what is wrong; none if it went well
     */
    List<String> compile(List<Path> sources, Path output) throws IOException {
        if (sources.isEmpty()) {
            return List.of();
        }
        Files.createDirectories(output);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(List.of("-sourcepath", "", "-d", output.toString(), "-cp", joined(classPath)));
        boolean done;
        StringWriter other = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, Locale.ROOT, null)) {
            done = compiler.getTask(other, files, problems, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        List<String> errors = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> problem : problems.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR) {
                errors.add(describe(problem));
            }
        }
        if (!done && errors.isEmpty()) {
            errors.add("the compiler failed: " + other.toString().strip());
        }
        return errors;
    }

    private static String describe(Diagnostic<? extends JavaFileObject> problem) {
        String file = problem.getSource() == null
                ? ""
                : Path.of(problem.getSource().getName()).getFileName().toString();
        return "%s:%d: %s"
                .formatted(
                        file,
                        problem.getLineNumber(),
                        problem.getMessage(Locale.ROOT).replaceAll("\\s+", " "));
    }

    static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}

package storagelab.grader.splice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.commons.io.file.PathUtils;

/** Tells whether texts compile together, against the class path of the tests. */
final class InMemoryCompiler {
    private InMemoryCompiler() {}

    /** The errors of compiling {@code sources}, by class name; empty if it compiles. */
    static List<String> errors(Map<String, String> sources) {
        List<JavaFileObject> objects = new ArrayList<>();
        sources.forEach((name, text) -> objects.add(
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                }));
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try {
            Path classes = Files.createTempDirectory("classes");
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "--release",
                    "17",
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"));
            ToolProvider.getSystemJavaCompiler()
                    .getTask(null, null, problems, options, null, objects)
                    .call();
            PathUtils.deleteDirectory(classes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(problem -> problem.getLineNumber() + ": " + problem.getMessage(Locale.ROOT))
                .toList();
    }
}

package storagelab.grader.compile;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import storagelab.grader.model.CompileError;

/**
 * The JDK's compiler, from text in memory to class files in memory. No annotation processor runs and no source is
 * looked up that was not given.
 */
final class Javac {
    private static final List<String> OPTIONS =
            List.of("-proc:none", "-implicit:none", "-Xlint:none", "-nowarn", "-Xmaxerrs", "100", "-g", "-parameters");
    private static final int FEATURE = 17;

    /** The compiler's advice to use a newer Java. The labs are compiled as one version, so it does not apply. */
    private static final Pattern NEWER =
            Pattern.compile("\\(use (--enable-preview|-source \\d+ or higher) to enable [^)]*\\)");

    /** How many errors of one file are kept. */
    private static final int ERRORS_MAX = 20;

    private static final int TEXT_LENGTH_MAX = 1_000;

    private final JavaCompiler compiler;
    private final List<Path> classPath;

    /**
     * @param classPath libraries, and classes compiled before
     */
    Javac(List<Path> classPath) {
        JavaCompiler found = ToolProvider.getSystemJavaCompiler();
        if (found == null) {
            throw new IllegalStateException("this Java has no compiler: install a JDK, not a JRE");
        }
        this.compiler = found;
        this.classPath = List.copyOf(classPath);
    }

    /** The compiler ended without saying what is wrong, which it does when it runs out of stack or memory. */
    static final class CompilerDownException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CompilerDownException() {
            super("the compiler ran out of stack or memory: is an expression nested thousands deep?");
        }
    }

    /**
     * A class file.
     *
     * @param source path of the source it was compiled from
     * @param content its bytes
     */
    record CompiledClass(String source, byte[] content) {}

    /**
     * What one run of the compiler gave.
     *
     * @param classes by binary name; complete only if there are no errors
     * @param errors in the order of the compiler
     */
    record Attempt(Map<String, CompiledClass> classes, List<CompileError> errors) {}

    /**
     * Compiles all {@code sources}, texts by their paths from the source root.
     *
     * @throws CompilerDownException if the compiler runs out of stack or memory
     */
    Attempt compile(Map<String, String> sources) {
        List<CompileError> errors = new ArrayList<>();
        List<SourceObject> objects = new ArrayList<>();
        sources.forEach((path, text) -> objects.add(new SourceObject(path, text)));
        if (objects.isEmpty()) {
            return new Attempt(Map.of(), List.of());
        }
        try (StandardJavaFileManager standard =
                        compiler.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8);
                MemoryOutput output = new MemoryOutput(standard)) {
            standard.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            standard.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
            boolean clean = compiler.getTask(
                            Writer.nullWriter(), output, found -> collect(found, errors), options(), null, objects)
                    .call();
            if (!clean && errors.isEmpty()) {
                throw new CompilerDownException();
            }
            return new Attempt(output.classes, errors);
        } catch (IOException e) {
            throw new UncheckedIOException("closing the compiler's files", e);
        }
    }

    private static List<String> options() {
        List<String> options = new ArrayList<>(OPTIONS);
        if (Runtime.version().feature() > FEATURE) {
            options.addAll(List.of("--release", Integer.toString(FEATURE)));
        }
        return options;
    }

    private static void collect(Diagnostic<? extends JavaFileObject> found, List<CompileError> errors) {
        if (found.getKind() != Diagnostic.Kind.ERROR) {
            return;
        }
        JavaFileObject source = found.getSource();
        String path = source instanceof SourceObject object ? object.path : "";
        String line = source instanceof SourceObject object ? object.line(found.getLineNumber()) : "";
        if (errors.stream().filter(error -> error.file().equals(path)).count() >= ERRORS_MAX) {
            return;
        }
        errors.add(new CompileError(
                path,
                Math.max(0, found.getLineNumber()),
                Math.max(0, found.getColumnNumber()),
                cut(NEWER.matcher(found.getMessage(Locale.ENGLISH))
                        .replaceAll("(the labs are compiled as Java " + FEATURE + ")")),
                cut(line)));
    }

    /** A line may have a hundred thousand characters, and each of its errors shows it. */
    private static String cut(String text) {
        return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX) + " ...";
    }

    /** A source in memory. */
    private static final class SourceObject extends SimpleJavaFileObject {
        private final String path;
        private final String text;

        SourceObject(String path, String text) {
            super(URI.create("source:///" + path.replace(" ", "%20")), Kind.SOURCE);
            this.path = path;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        String line(long number) {
            return text.lines().skip(Math.max(0, number - 1)).findFirst().orElse("");
        }
    }

    /** Keeps class files instead of writing them, with the source each came from. */
    private static final class MemoryOutput extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, CompiledClass> classes = new TreeMap<>();

        MemoryOutput(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            String source = sibling instanceof SourceObject object ? object.path : "";
            URI uri = URI.create("class:///" + className.replace('.', '/') + kind.extension);
            return new SimpleJavaFileObject(uri, kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    return new FilterOutputStream(bytes) {
                        @Override
                        public void close() {
                            classes.put(className, new CompiledClass(source, bytes.toByteArray()));
                        }
                    };
                }
            };
        }

        @Override
        public boolean isSameFile(FileObject a, FileObject b) {
            return a.equals(b);
        }
    }
}

package storagelab.grader.compile;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import storagelab.grader.compile.Javac.Attempt;
import storagelab.grader.compile.Javac.CompilerDownException;
import storagelab.grader.model.CompileError;

/** Compiles sources that can be trusted, in this JVM, where the compiler is warm. */
public final class SourceCompiler {
    private final Javac javac;

    /** A compiler whose sources see {@code classPath}. */
    public SourceCompiler(List<Path> classPath) {
        javac = new Javac(classPath);
    }

    /** A compiler whose sources see what this JVM sees. */
    public static SourceCompiler withOwnClassPath() {
        return new SourceCompiler(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toList());
    }

    /**
     * Compiles the files {@code sources} into {@code output}, which is created. Where there are errors, nothing is written.
     *
     * @return the errors, each with file, line and what is wrong; none if it went well
     */
    public List<String> compile(List<Path> sources, Path output) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Path source : sources) {
            texts.put(source.toString().replace('\\', '/'), Files.readString(source));
        }
        Attempt attempt;
        try {
            attempt = javac.compile(texts);
        } catch (CompilerDownException down) {
            return List.of(String.valueOf(down.getMessage()));
        }
        if (attempt.errors().isEmpty()) {
            for (Map.Entry<String, Javac.CompiledClass> made : attempt.classes().entrySet()) {
                Path file = output.resolve(made.getKey().replace('.', '/') + ".class");
                FileUtils.writeByteArrayToFile(file.toFile(), made.getValue().content());
            }
        }
        return words(attempt);
    }

    /** The errors of compiling {@code sources}, texts by path such as {@code "p/A.java"}; none if they compile. */
    public List<String> errors(Map<String, String> sources) {
        return words(javac.compile(sources));
    }

    private static List<String> words(Attempt attempt) {
        return attempt.errors().stream().map(CompileError::describe).toList();
    }

    /** {@code paths} as a class path on a command line. */
    public static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}

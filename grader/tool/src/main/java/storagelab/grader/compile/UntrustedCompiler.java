package storagelab.grader.compile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import storagelab.grader.compile.CompileExchange.Question;
import storagelab.grader.compile.FallbackCompiler.Outcome;
import storagelab.grader.compile.Javac.CompiledClass;
import storagelab.grader.model.CompileError;
import storagelab.grader.run.ChildCall;
import storagelab.grader.run.ChildCall.NoAnswerException;
import storagelab.grader.run.Stage;
import storagelab.grader.run.Wire;

/**
 * Compiles a submission in a confined child. If the compiler itself goes down, each changed file is tried alone among
 * pristine ones, and those that bring it down are judged as files that do not compile.
 */
public final class UntrustedCompiler {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LIMIT_ALONE = Duration.ofSeconds(15);

    private final Stage stage;
    private final List<Path> tool;
    private final List<Path> classPath;

    /**
     * @param tool class path of the child, on the stage
     * @param classPath of the compiler, on the stage
     */
    public UntrustedCompiler(Stage stage, List<Path> tool, List<Path> classPath) {
        this.stage = stage;
        this.tool = List.copyOf(tool);
        this.classPath = List.copyOf(classPath);
    }

    /**
     * What could be compiled.
     *
     * @param classes class files by binary name
     * @param sources by binary name, the path of the source of each class
     * @param errors of the submission's files
     * @param replaced paths that were compiled as handed out, or left out
     */
    public record Compiled(
            Map<String, byte[]> classes,
            Map<String, String> sources,
            List<CompileError> errors,
            Set<String> replaced) {}

    /**
     * Compiles a lab.
     *
     * @param sources texts by path from the source root
     * @param pristine the lab as handed out; what compiles by itself
     */
    public Compiled compile(SortedMap<String, String> sources, SortedMap<String, String> pristine)
            throws IOException, InterruptedException {
        try {
            return compiled(ask(sources, pristine, LIMIT), List.of());
        } catch (NoAnswerException compilerDown) {
            return compileWithoutTheWorst(sources, pristine);
        }
    }

    private Compiled compileWithoutTheWorst(SortedMap<String, String> sources, SortedMap<String, String> pristine)
            throws IOException, InterruptedException {
        List<CompileError> errors = new ArrayList<>();
        SortedMap<String, String> survivors = new TreeMap<>(pristine);
        for (Map.Entry<String, String> source : sources.entrySet()) {
            String path = source.getKey();
            if (source.getValue().equals(pristine.get(path))) {
                continue;
            }
            SortedMap<String, String> alone = new TreeMap<>(pristine);
            alone.put(path, source.getValue());
            try {
                ask(alone, pristine, LIMIT_ALONE);
                survivors.put(path, source.getValue());
            } catch (NoAnswerException compilerDown) {
                String message = "the compiler ran out of memory or time on this file, or made too large classes of it";
                errors.add(new CompileError(path, 0, 0, message, ""));
            }
        }
        try {
            return compiled(ask(survivors, pristine, LIMIT), errors);
        } catch (NoAnswerException stillDown) {
            for (String path : survivors.keySet()) {
                if (!survivors.get(path).equals(pristine.get(path))) {
                    errors.add(new CompileError(path, 0, 0, "the compiler gave up: " + stillDown.getMessage(), ""));
                }
            }
            return pristineOnly(pristine, errors);
        }
    }

    private Compiled pristineOnly(SortedMap<String, String> pristine, List<CompileError> errors)
            throws IOException, InterruptedException {
        try {
            return compiled(ask(pristine, pristine, LIMIT), errors);
        } catch (NoAnswerException broken) {
            throw new IOException("the pristine lab does not compile: " + broken.getMessage(), broken);
        }
    }

    private Outcome ask(Map<String, String> sources, Map<String, String> pristine, Duration limit)
            throws IOException, InterruptedException, NoAnswerException {
        List<String> paths = classPath.stream().map(Path::toString).toList();
        byte[] question = CompileExchange.encode(new Question(sources, pristine, paths));
        byte[] answer = ChildCall.ask(stage.untrusted(tool, classPath), CompileWorker.class.getName(), question, limit);
        try {
            return CompileExchange.readOutcome(Wire.input(answer));
        } catch (IOException unreadable) {
            throw new NoAnswerException("unreadable answer: " + unreadable.getMessage());
        }
    }

    private static Compiled compiled(Outcome outcome, List<CompileError> before) {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        Map<String, String> sources = new LinkedHashMap<>();
        for (Map.Entry<String, CompiledClass> compiled : outcome.classes().entrySet()) {
            classes.put(compiled.getKey(), compiled.getValue().content());
            sources.put(compiled.getKey(), compiled.getValue().source());
        }
        List<CompileError> errors = new ArrayList<>(before);
        errors.addAll(outcome.errors());
        Set<String> replaced = new LinkedHashSet<>(outcome.replaced());
        before.forEach(error -> replaced.add(error.file()));
        return new Compiled(classes, sources, errors, replaced);
    }
}

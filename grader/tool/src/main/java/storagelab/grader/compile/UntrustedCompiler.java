package storagelab.grader.compile;

import java.io.IOException;
import java.nio.file.Path;
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
import storagelab.grader.run.ChildCall.Answer;
import storagelab.grader.run.ChildCall.NoAnswerException;
import storagelab.grader.run.ChildCall.OutOfTimeException;
import storagelab.grader.run.CpuBudget;
import storagelab.grader.run.NotGradedException;
import storagelab.grader.run.Stage;
import storagelab.grader.run.SubmissionTime;
import storagelab.grader.run.TimeLimits.Span;
import storagelab.grader.run.Wire;

/**
 * Compiles a submission in a confined child. If the compiler itself goes down, each changed file is tried alone among
 * pristine ones, and those that bring it down are judged as files that do not compile.
 *
 * <p>If the compiler runs out of time, it first compiles the pristine lab under the same limit: where that is too slow,
 * too, the machine is at fault and nothing is judged. Otherwise the submission is compiled once more.
 */
public final class UntrustedCompiler {
    private final Stage stage;
    private final List<Path> tool;
    private final List<Path> classPath;
    private final Span limit;
    private final CpuBudget budget;
    private final Set<String> flags = new LinkedHashSet<>();
    private long cpuNanos;

    /**
     * @param tool class path of the child, on the stage
     * @param classPath of the compiler, on the stage
     */
    public UntrustedCompiler(Stage stage, List<Path> tool, List<Path> classPath, SubmissionTime time) {
        this(stage, tool, classPath, new Time(time.compile(), time.labCompile()));
    }

    UntrustedCompiler(Stage stage, List<Path> tool, List<Path> classPath, Time time) {
        this.stage = stage;
        this.tool = List.copyOf(tool);
        this.classPath = List.copyOf(classPath);
        this.limit = time.run();
        this.budget = time.all();
    }

    /** What one run of the compiler may use, and what all of them may. */
    record Time(Span run, CpuBudget all) {}

    /** What a person should look at. */
    public Set<String> flags() {
        return Set.copyOf(flags);
    }

    /** The processor time of all that was compiled. */
    public long cpuNanos() {
        return cpuNanos;
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
     * Compiles a lab. May be called again with fewer sources; when all time is used, those that are not as handed out
     * count as not compiled.
     *
     * @param sources texts by path from the source root
     * @param pristine the lab as handed out; what compiles by itself
     * @throws NotGradedException if not even the pristine lab can be compiled
     */
    public Compiled compile(SortedMap<String, String> sources, SortedMap<String, String> pristine)
            throws IOException, InterruptedException {
        if (budget.isSpent()) {
            return compileWithoutTheWorst(sources, pristine);
        }
        try {
            return compiled(ask(sources, pristine), List.of());
        } catch (OutOfTimeException late) {
            askPristine(pristine);
            return compileAgain(sources, pristine);
        } catch (NoAnswerException compilerDown) {
            return compileWithoutTheWorst(sources, pristine);
        }
    }

    private Compiled compileAgain(SortedMap<String, String> sources, SortedMap<String, String> pristine)
            throws IOException, InterruptedException {
        try {
            Outcome outcome = ask(sources, pristine);
            flags.add("the compiler ran out of time and was run again: it compiled");
            return compiled(outcome, List.of());
        } catch (NoAnswerException again) {
            flags.add("the compiler ran out of time and was run again: " + again.getMessage());
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
            if (budget.isSpent()) {
                String message = "not compiled: the files before it have used " + budget.describe();
                errors.add(new CompileError(path, 0, 0, message, ""));
                continue;
            }
            try {
                ask(alone, pristine);
                survivors.put(path, source.getValue());
            } catch (OutOfTimeException late) {
                errors.add(new CompileError(
                        path, 0, 0, "the compiler ran out of time on this file: " + late.getMessage(), ""));
            } catch (NoAnswerException compilerDown) {
                String message = "the compiler ran out of memory on this file, or made too large classes of it";
                errors.add(new CompileError(path, 0, 0, message, ""));
            }
        }
        try {
            return compiled(ask(survivors, pristine), errors);
        } catch (NoAnswerException stillDown) {
            for (String path : survivors.keySet()) {
                if (!survivors.get(path).equals(pristine.get(path))) {
                    errors.add(new CompileError(path, 0, 0, "the compiler gave up: " + stillDown.getMessage(), ""));
                }
            }
            return compiled(askPristine(pristine), errors);
        }
    }

    private Outcome askPristine(SortedMap<String, String> pristine) throws IOException, InterruptedException {
        try {
            return ask(pristine, pristine);
        } catch (NoAnswerException broken) {
            throw new NotGradedException(
                    "the lab as it was handed out does not compile: " + broken.getMessage(), broken);
        }
    }

    private Outcome ask(Map<String, String> sources, Map<String, String> pristine)
            throws IOException, InterruptedException, NoAnswerException {
        List<String> paths = classPath.stream().map(Path::toString).toList();
        byte[] question = CompileExchange.encode(new Question(sources, pristine, paths));
        try {
            Answer answer =
                    ChildCall.ask(stage.untrusted(tool, classPath), CompileWorker.class.getName(), question, limit);
            spend(answer.cpuNanos());
            return readOutcome(answer);
        } catch (NoAnswerException none) {
            spend(none.cpuNanos());
            throw none;
        }
    }

    private static Outcome readOutcome(Answer answer) throws NoAnswerException {
        try {
            return CompileExchange.readOutcome(Wire.input(answer.content()));
        } catch (IOException unreadable) {
            throw new NoAnswerException("unreadable answer: " + unreadable.getMessage(), 0);
        }
    }

    private void spend(long nanos) {
        cpuNanos += nanos;
        budget.spend(nanos);
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

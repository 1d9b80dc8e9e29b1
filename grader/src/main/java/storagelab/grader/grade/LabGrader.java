package storagelab.grader.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import storagelab.grader.compile.UntrustedCompiler;
import storagelab.grader.compile.UntrustedCompiler.Compiled;
import storagelab.grader.course.Edition;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.TestOutcome;
import storagelab.grader.run.TestRequest;
import storagelab.grader.run.TestSession;
import storagelab.grader.run.WarmSessions;

/**
 * Grades the sources of one lab. The stages, each a method of its own: compile → check classes → hidden tests →
 * benchmarks → score.
 */
public final class LabGrader {
    private final GradeContext context;
    private final GradeOptions options;
    private final LabSources sources;
    private final Edition edition;
    private final Lab lab;
    private final List<Lab> below;

    /**
     * @param edition what the student can do about an exercise that is missing
     */
    public LabGrader(GradeContext context, GradeOptions options, LabSources sources, Edition edition) {
        this.context = context;
        this.options = options;
        this.sources = sources;
        this.edition = edition;
        this.lab = sources.lab();
        this.below = context.course().labs().stream()
                .filter(other -> other.number() < lab.number())
                .toList();
    }

    /**
     * A graded lab.
     *
     * @param flags what a person should look at
     */
    public record Graded(LabResult result, List<String> flags) {
        public Graded {
            flags = List.copyOf(flags);
        }
    }

    /** Classes that may be run, and what is missing among them. */
    private record Checked(
            Path classes, List<CompileError> errors, Set<String> broken, Predicate<String> studentClass) {}

    /**
     * Grades the lab.
     *
     * @param texts its whole source, by path from {@code src/main/java}
     * @param pristine what stands in for a file that does not compile
     * @param refused sources that could not even be read, with the reason in words that follow the name
     * @param unlocked ids of exercises that bring no points
     */
    public Graded grade(
            SortedMap<String, String> texts,
            SortedMap<String, String> pristine,
            Map<String, String> refused,
            Set<String> unlocked)
            throws IOException, InterruptedException {
        Set<String> flags = new TreeSet<>();
        try (GradeKit kit = GradeKit.open(context.sandbox(), context.libraries(), lab, below)) {
            context.progress().accept("lab " + lab.number() + ": compiling");
            Checked checked = compileAndCheck(kit, texts, pristine, refused);
            List<ExerciseResult> exercises = runHiddenTests(kit, checked, unlocked, flags);
            List<BenchmarkResult> benchmarks = runBenchmarks(kit, checked, exercises);
            return new Graded(score(exercises, benchmarks, checked.errors()), List.copyOf(flags));
        }
    }

    // Stage 1 and 2: a source that breaks a rule is treated like one that does not compile.

    private Checked compileAndCheck(
            GradeKit kit,
            SortedMap<String, String> texts,
            SortedMap<String, String> pristine,
            Map<String, String> unread)
            throws IOException, InterruptedException {
        List<Path> classPath = new ArrayList<>(kit.labLibraries());
        classPath.addAll(kit.referenceBelow());
        UntrustedCompiler compiler = new UntrustedCompiler(kit.stage(), kit.compilerTool(), classPath);
        SortedMap<String, String> remaining = new TreeMap<>(texts);
        List<CompileError> refused = new ArrayList<>();
        unread.forEach((path, why) -> refused.add(new CompileError(path, 0, 0, why, "")));
        while (true) {
            Compiled compiled = compiler.compile(remaining, pristine);
            Map<String, String> violations = violations(compiled);
            if (violations.isEmpty()) {
                List<CompileError> errors = new ArrayList<>(refused);
                errors.addAll(compiled.errors());
                Set<String> broken = new TreeSet<>(compiled.replaced());
                refused.forEach(error -> broken.add(error.file()));
                Path classes = writeClasses(kit, compiled.classes());
                return new Checked(classes, errors, broken, name -> isStudentClass(name, texts));
            }
            for (Map.Entry<String, String> violation : violations.entrySet()) {
                String path = violation.getKey();
                refused.add(new CompileError(path, 0, 0, "refused: it " + violation.getValue(), ""));
                if (pristine.containsKey(path) && !pristine.get(path).equals(remaining.get(path))) {
                    remaining.put(path, pristine.get(path));
                } else {
                    remaining.remove(path);
                }
            }
        }
    }

    /** Whether a class comes from a source that is not as it was handed out. */
    private boolean isStudentClass(String name, SortedMap<String, String> texts) {
        String outermost = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
        String path = outermost.replace('.', '/') + ".java";
        return texts.containsKey(path)
                && !texts.getOrDefault(path, "").equals(sources.starter().get(path));
    }

    private static Map<String, String> violations(Compiled compiled) {
        Map<String, String> violations = new LinkedHashMap<>();
        compiled.classes().forEach((name, content) -> {
            String source = compiled.sources().getOrDefault(name, "");
            ClassReader reader = new ClassReader(content);
            for (ClassRule rule : ClassRules.standard()) {
                rule.violation(source, reader).ifPresent(words -> violations.putIfAbsent(source, words));
            }
        });
        return violations;
    }

    /** A jar, because a class may have a name that no file can have here. */
    private Path writeClasses(GradeKit kit, Map<String, byte[]> classes) throws IOException {
        Path directory = kit.stage().directory("classes");
        Path jar = directory.resolve("submission.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (Map.Entry<String, byte[]> content : classes.entrySet()) {
                out.putNextEntry(new ZipEntry(content.getKey().replace('.', '/') + ".class"));
                out.write(content.getValue());
            }
        }
        context.sandbox().shareReadOnly(directory);
        return jar;
    }

    // Stage 3: one confined JVM an exercise; the next one starts while this one works.

    private List<ExerciseResult> runHiddenTests(GradeKit kit, Checked checked, Set<String> unlocked, Set<String> flags)
            throws IOException, InterruptedException {
        HiddenTests hidden = HiddenTests.of(lab);
        Map<String, String> broken = sources.exercisesIn(checked.broken());
        List<ExerciseResult> results = new ArrayList<>();
        List<ExerciseSpec> runnable = lab.exercises().stream()
                .filter(exercise -> !broken.containsKey(exercise.id()))
                .filter(exercise -> !hidden.of(exercise.id()).isEmpty())
                .toList();
        Map<String, List<TestOutcome>> outcomes = new LinkedHashMap<>();
        List<Path> classes = new ArrayList<>(kit.referenceBelow());
        classes.add(checked.classes());
        List<Path> testPath = kit.testPath(classes);
        try (WarmSessions sessions = new WarmSessions(() -> kit.stage().untrusted(testPath), runnable.size())) {
            for (ExerciseSpec exercise : runnable) {
                context.progress().accept(exercise.id() + " " + exercise.title());
                try (TestSession session = sessions.take()) {
                    TestSession.Report report = session.run(request(hidden, exercise, checked), outcome -> {});
                    outcomes.put(exercise.id(), report.outcomes());
                    report.flags().forEach(flag -> flags.add(exercise.id() + " " + flag));
                }
            }
        }
        for (ExerciseSpec exercise : lab.exercises()) {
            List<TestOutcome> ended = outcomes.getOrDefault(exercise.id(), List.of());
            String brokenFile = broken.get(exercise.id());
            if (brokenFile != null) {
                String words = compileWords(brokenFile, checked.errors());
                results.add(Scoring.untested(exercise, hidden.of(exercise.id()), Verdict.FAILED, words));
            } else if (unlocked.contains(exercise.id())) {
                results.add(Scoring.unlocked(exercise, ended));
            } else {
                results.add(Scoring.tested(exercise, ended));
            }
        }
        return results;
    }

    private TestRequest request(HiddenTests hidden, ExerciseSpec exercise, Checked checked) {
        return new TestRequest(
                hidden.selection(exercise.id()),
                hidden.of(exercise.id()),
                checked.studentClass(),
                options.seed(),
                options.timeoutScale(),
                edition);
    }

    private static String compileWords(String path, List<CompileError> errors) {
        return errors.stream()
                .filter(error -> error.file().equals(path))
                .findFirst()
                .map(error -> "does not compile: " + error.words())
                .orElse("does not compile");
    }

    // Stage 4.

    private List<BenchmarkResult> runBenchmarks(GradeKit kit, Checked checked, List<ExerciseResult> exercises) {
        Optional<Path> reference = context.libraries().reference(lab.module());
        if (context.benchmarks().isEmpty() || reference.isEmpty()) {
            return List.of();
        }
        return context.benchmarks()
                .get()
                .measure(new Benchmarks.Submission(
                        lab.number(),
                        exercises,
                        checked.classes(),
                        reference.get(),
                        kit.referenceBelow(),
                        context.sandbox(),
                        options.seed()));
    }

    // Stage 5.

    private LabResult score(
            List<ExerciseResult> exercises, List<BenchmarkResult> benchmarks, List<CompileError> errors) {
        double points = exercises.stream().mapToDouble(ExerciseResult::points).sum()
                + benchmarks.stream().mapToDouble(BenchmarkResult::points).sum();
        double earned = exercises.stream().mapToDouble(ExerciseResult::earned).sum()
                + benchmarks.stream().mapToDouble(BenchmarkResult::earned).sum();
        List<CompileError> shown = errors.stream()
                .map(error -> new CompileError(
                        lab.module() + "/" + LabSources.MAIN + "/" + error.file(),
                        error.line(),
                        error.column(),
                        error.message(),
                        error.sourceLine()))
                .toList();
        return new LabResult(
                lab.number(),
                lab.module(),
                lab.title(),
                Scoring.rounded(points),
                Scoring.rounded(earned),
                exercises,
                benchmarks,
                shown);
    }
}

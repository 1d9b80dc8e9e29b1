package storagelab.grader.practice;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import storagelab.grader.LabException;
import storagelab.grader.compile.LabCompiler;
import storagelab.grader.compile.LabCompiler.Build;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.JvmProfile;
import storagelab.grader.run.PlainSandbox;
import storagelab.grader.run.TestOutcome;
import storagelab.grader.run.TestRequest;
import storagelab.grader.run.TestSelection;
import storagelab.grader.run.TestSession;
import storagelab.grader.run.TimeLimits;
import storagelab.grader.run.WarmSessions;
import storagelab.grader.run.WorkerSpec;
import storagelab.grader.score.Scoring;
import storagelab.grader.workspace.Workspace;

/**
 * The public tests of one lab of a workspace. While the compiler works in this JVM, the JVM for the tests is already
 * starting.
 */
public final class PublicTests implements Closeable {
    private final Workspace workspace;
    private final Lab lab;
    private final List<String> modules;
    private final LabCompiler compiler;
    private final WarmSessions sessions;
    private final Path scratch;

    /**
     * @param rounds how often the tests will be run
     */
    public PublicTests(Workspace workspace, Course course, Lab lab, long rounds) throws IOException {
        this.workspace = workspace;
        this.lab = lab;
        this.modules = course.labs().stream()
                .filter(other -> other.published() && other.number() <= lab.number())
                .map(Lab::module)
                .toList();
        Libraries libraries = Libraries.ofThisTool();
        this.compiler = new LabCompiler(workspace.root(), workspace.metadata(), libraries);
        this.scratch = Files.createDirectories(workspace.metadata().resolve("build/tmp"));
        List<Path> classPath = classPath(libraries);
        this.sessions = new WarmSessions(
                () -> new WorkerSpec(JvmProfile.OWN_CODE, new PlainSandbox(), classPath, scratch), rounds);
    }

    private List<Path> classPath(Libraries libraries) throws IOException {
        List<Path> classPath = new ArrayList<>(libraries.tool());
        classPath.addAll(libraries.forTests());
        classPath.addAll(libraries.forLabs());
        for (String module : modules) {
            classPath.add(compiler.testClasses(module));
            classPath.add(compiler.classes(module));
            Path resources = workspace.file(module + "/src/test/resources");
            if (Files.isDirectory(resources)) {
                classPath.add(resources);
            }
        }
        return classPath;
    }

    /**
     * Compiles what changed and runs the tests of the exercises.
     *
     * @param exercises of this lab
     */
    public PracticeResult run(List<ExerciseSpec> exercises, long seed) throws IOException, InterruptedException {
        long startedNanos = System.nanoTime();
        try (TestSession session = sessions.take()) {
            List<CompileError> errors = new ArrayList<>();
            Set<String> broken = new HashSet<>();
            for (int i = 0; i < modules.size(); i++) {
                Build build = compiler.compile(modules.get(i), modules.subList(0, i));
                errors.addAll(build.errors());
                broken.addAll(build.broken());
            }
            addRefused(errors, broken);
            Set<String> ids = exercises.stream().map(ExerciseSpec::id).collect(Collectors.toSet());
            List<String> classes =
                    TaggedClasses.read(compiler.testClasses(lab.module())).withTag(ids);
            TestSelection selection = new TestSelection(classes, List.copyOf(ids), List.of());
            TestRequest request = new TestRequest(
                    selection, List.of(), this::isStudentClass, seed, TimeLimits.standard(), workspace.edition());
            List<TestOutcome> outcomes = classes.isEmpty()
                    ? List.of()
                    : session.run(request, outcome -> {}).outcomes();
            if (outcomes.isEmpty() && !classes.isEmpty()) {
                throw new LabException(
                        "The JVM for the tests ended before it had found a test.",
                        "Is there memory left for one more? Try again.");
            }
            List<PracticeResult.Exercise> results = new ArrayList<>();
            for (ExerciseSpec exercise : exercises) {
                results.add(judge(exercise, outcomes, errors, broken));
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
            return new PracticeResult(results, errors, millis);
        }
    }

    /** Adds what grading would refuse in the sources of this lab. */
    private void addRefused(List<CompileError> errors, Set<String> broken) throws IOException {
        String sources = lab.module() + "/src/main/java/";
        Set<String> withExercise = lab.exercises().stream()
                .flatMap(exercise -> exercise.files().stream())
                .collect(Collectors.toSet());
        List<CompileError> refused = StudentClasses.refused(
                workspace.file(sources),
                compiler.classes(lab.module()),
                path -> isChanged(sources + path),
                path -> Files.exists(workspace.pristine(sources + path)) && !withExercise.contains(sources + path));
        for (CompileError error : refused) {
            String file = sources + error.file();
            errors.add(new CompileError(file, error.line(), error.column(), error.message(), error.sourceLine()));
            broken.add(file);
        }
    }

    /** Whether a class comes from a source that is not as it was handed out, in this lab or in one below it. */
    private boolean isStudentClass(String name) {
        String outermost = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
        String file = "/src/main/java/" + outermost.replace('.', '/') + ".java";
        return modules.stream().anyMatch(module -> isChanged(module + file));
    }

    private boolean isChanged(String path) {
        Path source = workspace.file(path);
        Path pristine = workspace.pristine(path);
        try {
            return Files.exists(source) && !(Files.exists(pristine) && Files.mismatch(source, pristine) < 0);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("comparing " + source, unreadable);
        }
    }

    private static PracticeResult.Exercise judge(
            ExerciseSpec exercise, List<TestOutcome> all, List<CompileError> errors, Set<String> broken) {
        List<TestOutcome> own = all.stream()
                .filter(outcome -> outcome.test().tags().contains(exercise.id()))
                .toList();
        List<PracticeResult.Test> tests = own.stream()
                .map(outcome -> new PracticeResult.Test(
                        outcome.test().id(),
                        outcome.test().name(),
                        outcome.verdict(),
                        outcome.message(),
                        outcome.location(),
                        outcome.millis(),
                        outcome.output()))
                .toList();
        Optional<String> brokenFile =
                exercise.files().stream().filter(broken::contains).findFirst();
        if (brokenFile.isPresent()) {
            String words = errors.stream()
                    .filter(error -> error.file().equals(brokenFile.get()))
                    .findFirst()
                    .map(CompileError::charge)
                    .orElse("does not compile");
            return new PracticeResult.Exercise(exercise.id(), exercise.title(), Verdict.FAILED, words, tests);
        }
        ExerciseResult scored = Scoring.tested(exercise, own);
        return new PracticeResult.Exercise(exercise.id(), exercise.title(), scored.verdict(), scored.message(), tests);
    }

    @Override
    public void close() {
        sessions.close();
    }
}

package storagelab.grader.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import storagelab.grader.LabException;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Lab;
import storagelab.grader.grade.GradeContext;
import storagelab.grader.grade.GradeOptions;
import storagelab.grader.grade.GradePipeline;
import storagelab.grader.grade.LabSources;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.rules.ClassRules;
import storagelab.grader.rules.SubmissionRules;
import storagelab.grader.run.Sandbox;

/**
 * Grades submissions of the corpus and compares what they get with what they must get.
 *
 * <p>Concurrency: several threads may check at the same time, each another trial.
 */
final class TrialBench implements Closeable {
    private static final long SEED = 7;
    private static final long PATIENCE_MILLIS = 60_000;

    /** An innocent submission, and what it is graded on. */
    private static final Trial INNOCENT = Trial.parse(
            Path.of("honest", "innocent"),
            "// tries: a right binary search\n// exercise: 1.1\n// base: solved\n// earns: all\n");

    private final AuditScope scope;
    private final Path work;
    private final Remains sandbox;
    private final Outside outside;
    private final CheckoutState content;
    private final CheckoutState checkout;
    private final Map<Integer, LabSources> sources = new ConcurrentHashMap<>();
    private final Map<String, GradePipeline> pipelines = new ConcurrentHashMap<>();
    private final Path innocent;
    private final String expected;

    private TrialBench(AuditScope scope, Sandbox sandbox, Path work, Outside outside)
            throws IOException, InterruptedException {
        this.scope = scope;
        this.work = work;
        this.sandbox = new Remains(sandbox, PATIENCE_MILLIS);
        this.outside = outside;
        this.innocent = write(INNOCENT);
        GradeResult before = grade(INNOCENT, innocent, true);
        if (before.labs().get(0).exercises().get(0).verdict() != Verdict.PASSED) {
            throw new LabException("The reference's binary search does not pass here.", TrialResult.words(before));
        }
        this.expected = TrialResult.fixed(before);
        this.content = CheckoutState.byContent(scope.home());
        this.checkout = CheckoutState.byChanges(scope.home());
    }

    static TrialBench open(AuditScope scope, Sandbox sandbox, Path work) throws IOException, InterruptedException {
        Lab first = scope.course().labs().get(0);
        Path jar = Libraries.ofThisTool()
                .reference(first.module())
                .filter(Files::isRegularFile)
                .orElse(scope.home().resolve("pom.xml"));
        Outside outside = Outside.open(Files.createDirectories(work.resolve("outside")), jar);
        try {
            return new TrialBench(scope, sandbox, work, outside);
        } catch (IOException | InterruptedException | RuntimeException broken) {
            outside.close();
            throw broken;
        }
    }

    /** Writes the submission into a directory of its own. */
    Path write(Trial trial) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(work.resolve(trial.describe()));
        Lab lab = TrialSubmission.lab(trial, scope.course());
        TrialSubmission.write(trial, sourcesOf(lab), outside, directory);
        return directory;
    }

    /** A place where nothing is. */
    Path nothing() {
        return work.resolve("nothing");
    }

    private LabSources sourcesOf(Lab lab) throws IOException {
        LabSources known = sources.get(lab.number());
        if (known == null) {
            known = LabSources.read(scope.home(), lab);
            sources.put(lab.number(), known);
        }
        return known;
    }

    private GradeResult grade(Trial trial, Path directory, boolean withRules) throws InterruptedException {
        String key = trial.exercises() + " " + trial.limits() + " " + withRules;
        return pipelines
                .computeIfAbsent(key, unused -> pipeline(trial, withRules))
                .grade(directory, "./lab grade");
    }

    private GradePipeline pipeline(Trial trial, boolean withRules) {
        SubmissionRules none = (classes, paths, isStudentSource) -> Map.of();
        GradeContext context = new GradeContext(
                scope.home(),
                scope.course(),
                Libraries.ofThisTool(),
                sandbox,
                withRules ? ClassRules::violations : none,
                Optional.empty(),
                what -> {},
                InstantSource.system());
        Set<String> exercises = new TreeSet<>(trial.exercises());
        return new GradePipeline(
                context,
                new GradeOptions(Set.of(), exercises, SEED, scope.limits().times(trial.limits())));
    }

    /** Grades a trial, with and where that can differ without the rules, and adds what is not as it must be. */
    void check(Trial trial, CheckResult.Builder result, AttackTable table) throws IOException, InterruptedException {
        Path directory = AttacksCheck.submission(trial, this, result);
        if (!Files.isDirectory(directory)) {
            return;
        }
        result.count(trial.isAttack() ? Count.ATTACKS : Count.HONEST, 1);
        GradeResult graded = grade(trial, directory, true);
        List<String> problems = new ArrayList<>(TrialJudge.problems(trial, graded));
        problems.addAll(harm(graded));
        Optional<GradeResult> behind = Optional.empty();
        if (trial.isAttack() && trial.isRefused()) {
            behind = Optional.of(grade(trial, directory, false));
            problems.addAll(TrialJudge.problemsBehind(trial, behind.get()));
            problems.addAll(harm(behind.get()));
        }
        if (trial.isAttack()) {
            String after = TrialResult.fixed(grade(INNOCENT, innocent, true));
            if (!after.equals(expected)) {
                problems.add("the next submission has another result: " + after + "\n instead of: " + expected);
            }
            problems.addAll(sandbox.look());
            checkout.changesTo(CheckoutState.byChanges(scope.home())).stream()
                    .map(changed -> "the checkout was changed: " + changed)
                    .forEach(problems::add);
        }
        for (String problem : problems) {
            scope.say("  ! " + trial.describe() + ": " + problem);
            result.finding(trial.describe() + ": " + problem);
        }
        table.add(trial, graded, behind);
        TrialSubmission.delete(directory);
    }

    /** Whatever a submission may earn: this must not happen, with or without rules. */
    private List<String> harm(GradeResult graded) throws IOException, InterruptedException {
        List<String> harm = new ArrayList<>(outside.harm(TrialResult.words(graded)));
        harm.addAll(TrialResult.injections(graded));
        harm.addAll(sandbox.look());
        if (!graded.confined()) {
            harm.add("was graded without a sandbox");
        }
        return harm;
    }

    /** The files of the checkout whose bytes are not those that they were when the bench was opened. */
    List<String> changedFiles() throws IOException {
        return content.changesTo(CheckoutState.byContent(scope.home()));
    }

    /** The points that the exercises of a result can bring. */
    static double points(GradeResult result) {
        return result.labs().stream().mapToDouble(LabResult::points).sum();
    }

    @Override
    public void close() throws IOException {
        outside.close();
    }
}

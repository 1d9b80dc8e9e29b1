package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import storagelab.grader.LabException;
import storagelab.grader.run.Sandbox;
import storagelab.grader.run.Sandboxes;
import storagelab.grader.splice.SpliceException;
import storagelab.grader.splice.SyntaxException;

/**
 * No submission gets what it should not get, and honest work gets what it deserves. Each file of the corpus is graded as {@code ./lab
 * grade} grades, in the sandbox of this machine. What the rules refuse is graded once more without them, so that one sees what would
 * stop it then. After each attack an innocent submission must have the same result as before, and nothing may be left behind.
 */
final class AttacksCheck implements AuditCheck {
    /** How many attacks, and how many honest submissions, are in the quick half. */
    private static final int QUICK_ATTACKS = 4;

    private static final int QUICK_HONEST = 2;

    private final SandboxSource sandboxes;
    private final Path corpus;

    AttacksCheck() {
        this(Sandboxes::confined, Path.of("grader/course/attacks"));
    }

    /**
     * @param corpus directory with the directories {@code hostile} and {@code honest}, below the checkout or anywhere
     */
    AttacksCheck(SandboxSource sandboxes, Path corpus) {
        this.sandboxes = sandboxes;
        this.corpus = corpus;
    }

    /** Finds the sandbox that submissions run in. */
    @FunctionalInterface
    interface SandboxSource {
        Sandbox find() throws IOException, InterruptedException;
    }

    @Override
    public String name() {
        return "attacks";
    }

    @Override
    public String claim() {
        return "attacks get no points, reach nothing and leave nothing behind; honest work gets what it deserves";
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        List<Trial> all = read(scope, result);
        List<Trial> trials = all.stream()
                .filter(trial -> trial.exercises().stream().allMatch(scope::isWanted))
                .toList();
        Sandbox sandbox;
        try {
            sandbox = sandboxes.find();
        } catch (LabException none) {
            result.finding(
                    "NO ATTACK WAS TRIED, because no sandbox works here: " + none.getMessage() + " " + none.nextStep());
            return result.build();
        }
        List<Trial> chosen = scope.quick() ? sample(trials, scope.seed()) : trials;
        if (chosen.size() < trials.size()) {
            result.note("%d of %d submissions, chosen by the seed".formatted(chosen.size(), trials.size()));
        }
        Path work = scope.work().resolve(name()).resolve("work");
        TrialSubmission.delete(work);
        Files.createDirectories(work);
        AttackTable table = new AttackTable();
        try (TrialBench bench = TrialBench.open(scope, sandbox, work)) {
            checkThatTheyFit(trials, chosen, bench, result);
            Workers.run(chosen, trial -> {
                scope.say("  " + trial.describe());
                tryOne(trial, bench, result, table);
            });
            bench.changedFiles().forEach(file -> result.finding("the checkout was changed: " + file));
        }
        TrialSubmission.delete(work);
        if (!scope.quick()) {
            Set<String> names = all.stream().map(Trial::describe).collect(Collectors.toSet());
            Path written = table.write(scope.work().resolve(name()), sandbox.description(), names);
            result.note("the table is in " + scope.home().relativize(written));
        }
        return result.build();
    }

    /** What goes wrong with one submission must not cost the others. */
    private static void tryOne(Trial trial, TrialBench bench, CheckResult.Builder result, AttackTable table)
            throws InterruptedException {
        try {
            bench.check(trial, result, table);
        } catch (IOException | RuntimeException broken) {
            result.finding(trial.describe() + " could not be tried: " + broken);
        }
    }

    private List<Trial> read(AuditScope scope, CheckResult.Builder result) throws IOException {
        List<Trial> trials = new ArrayList<>();
        for (Path file : LabTree.filesBelow(scope.home().resolve(corpus), "")) {
            try {
                Trial trial = Trial.parse(file, Files.readString(file));
                Wall.named(trial.isAttack() ? trial.get("wall") : "judge");
                trials.add(trial);
            } catch (IllegalArgumentException wrongHead) {
                result.finding(String.valueOf(wrongHead.getMessage()));
            }
        }
        return trials;
    }

    /** Some of each kind, which differ from seed to seed. */
    private static List<Trial> sample(List<Trial> trials, long seed) {
        List<Trial> shuffled = new ArrayList<>(trials);
        Collections.shuffle(shuffled, new Random(seed));
        List<Trial> chosen = new ArrayList<>();
        for (boolean isAttack : new boolean[] {true, false}) {
            shuffled.stream()
                    .filter(trial -> trial.isAttack() == isAttack && !trial.isSlow())
                    .limit(isAttack ? QUICK_ATTACKS : QUICK_HONEST)
                    .forEach(chosen::add);
        }
        return chosen;
    }

    /** Those that are not tried must fit the course all the same. */
    private static void checkThatTheyFit(
            List<Trial> trials, List<Trial> tried, TrialBench bench, CheckResult.Builder result)
            throws IOException, InterruptedException {
        for (Trial trial : trials) {
            if (!tried.contains(trial)) {
                TrialSubmission.delete(submission(trial, bench, result));
            }
        }
    }

    /** The directory of a trial, with a finding if it does not fit the course. */
    static Path submission(Trial trial, TrialBench bench, CheckResult.Builder result)
            throws IOException, InterruptedException {
        try {
            return bench.write(trial);
        } catch (SpliceException | SyntaxException | IllegalArgumentException misfit) {
            if (misfit instanceof InvalidPathException) {
                result.note(trial.describe() + " was not tried: this locale has no such file name");
            } else {
                result.finding(trial.describe() + " does not fit the course: " + misfit.getMessage());
            }
            return bench.nothing();
        }
    }
}

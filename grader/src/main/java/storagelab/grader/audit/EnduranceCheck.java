package storagelab.grader.audit;

import java.io.IOException;
import java.time.Duration;
import storagelab.grader.endurance.TreeCrashRun;
import storagelab.grader.endurance.TreeFlipRun;
import storagelab.grader.endurance.TreeSoakRun;

/**
 * Proof 9: the stores of the course stand what a disk and a long life do to them. What each check runs on is the reference,
 * and it does so if the lab of that store is looked at as a whole.
 */
final class EnduranceCheck implements AuditCheck {
    private static final int TREE_LAB = 4;

    private final String name;
    private final String claim;
    private final LongRun longRun;

    /** Fails by throwing {@link AssertionError}. */
    private interface LongRun {
        void run(AuditScope scope, CheckResult.Builder result) throws Exception;
    }

    private EnduranceCheck(String name, String claim, LongRun longRun) {
        this.name = name;
        this.claim = claim;
        this.longRun = longRun;
    }

    /** Crashes at every operation of lab 4's tree. */
    static EnduranceCheck crashes() {
        return new EnduranceCheck(
                "crashes",
                "whenever the power is cut, the last checkpoint of a B+tree or the next one is there, whole",
                (scope, result) -> {
                    TreeCrashRun.Tried tried = TreeCrashRun.until(scope.quick() ? 300 : 5000, scope.seed());
                    result.count(Count.CRASH_POINTS, tried.points());
                    result.count(Count.CRASHED_DISKS, tried.disks());
                });
    }

    /** Damages of the file of lab 4's tree. */
    static EnduranceCheck flips() {
        return new EnduranceCheck(
                "flips",
                "a bit turned over in the file of a B+tree, or the file cut off, gives no wrong answer",
                (scope, result) -> {
                    TreeFlipRun.Outcome outcome = TreeFlipRun.of(scope.quick() ? 500 : 100_000, scope.seed());
                    result.count(Count.DAMAGES_DETECTED, outcome.detected());
                    result.count(Count.DAMAGES_HARMLESS, outcome.harmless());
                });
    }

    /** Many operations on lab 4's tree by four threads. */
    static EnduranceCheck soak() {
        return new EnduranceCheck(
                "soak",
                "four threads that use a B+tree at random for minutes find in it what they have written",
                (scope, result) -> {
                    Duration duration = scope.quick() ? Duration.ofSeconds(5) : Duration.ofMinutes(10);
                    TreeSoakRun.Done done = TreeSoakRun.run(scope.freshDirectory("soak"), duration, scope.seed());
                    result.count(Count.SOAK_OPERATIONS, done.operations());
                });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String claim() {
        return claim;
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        if (scope.only().isEmpty() && scope.labs().stream().anyMatch(lab -> lab.number() == TREE_LAB)) {
            try {
                longRun.run(scope, result);
            } catch (AssertionError e) {
                result.finding(String.valueOf(e.getMessage()));
            } catch (IOException | InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
        return result.build();
    }
}

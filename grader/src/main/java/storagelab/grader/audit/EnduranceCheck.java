package storagelab.grader.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import storagelab.grader.endurance.LongRuns;

/**
 * Proof 9: the stores of the course stand what a disk and a long life do to them. What each check runs on is the reference,
 * and it does so if the lab of that store is looked at as a whole.
 */
final class EnduranceCheck implements AuditCheck {
    private static final int TREE_LAB = 4;
    private static final int LSM_LAB = 5;

    private final String name;
    private final String claim;
    private final List<LongRun> runs;

    /**
     * Something that takes long.
     *
     * @param lab whose store it is about
     * @param action fails by throwing {@link AssertionError}
     */
    private record LongRun(int lab, Action action) {}

    private interface Action {
        void run(AuditScope scope, CheckResult.Builder result) throws Exception;
    }

    private EnduranceCheck(String name, String claim, LongRun... runs) {
        this.name = name;
        this.claim = claim;
        this.runs = List.of(runs);
    }

    /** Crashes at every operation. */
    static EnduranceCheck crashes() {
        return new EnduranceCheck(
                "crashes",
                "whenever the power is cut, a store is as it was at a moment that was promised, whole",
                new LongRun(
                        TREE_LAB,
                        (scope, result) ->
                                crashed(LongRuns.treeCrashes(scope.quick() ? 300 : 5_000, scope.seed()), result)),
                new LongRun(
                        LSM_LAB,
                        (scope, result) ->
                                crashed(LongRuns.lsmCrashes(scope.quick() ? 400 : 10_000, scope.seed()), result)));
    }

    private static void crashed(LongRuns.Crashed crashed, CheckResult.Builder result) {
        result.count(Count.CRASH_POINTS, crashed.points());
        result.count(Count.CRASHED_DISKS, crashed.disks());
    }

    /** Damages of files. */
    static EnduranceCheck flips() {
        return new EnduranceCheck(
                "flips",
                "a bit turned over in a file of a store, or the file cut off, gives no wrong answer",
                new LongRun(
                        TREE_LAB,
                        (scope, result) ->
                                damaged(LongRuns.treeDamages(scope.quick() ? 500 : 100_000, scope.seed()), result)),
                new LongRun(
                        LSM_LAB,
                        (scope, result) ->
                                damaged(LongRuns.lsmDamages(scope.quick() ? 500 : 100_000, scope.seed()), result)));
    }

    private static void damaged(LongRuns.Damaged damaged, CheckResult.Builder result) {
        result.count(Count.DAMAGES_DETECTED, damaged.detected());
        result.count(Count.DAMAGES_HARMLESS, damaged.harmless());
    }

    /** Many operations by four threads. */
    static EnduranceCheck soak() {
        return new EnduranceCheck(
                "soak",
                "four threads that use a store at random for minutes find in it what they have written",
                new LongRun(
                        TREE_LAB,
                        (scope, result) -> result.count(
                                Count.SOAK_OPERATIONS,
                                LongRuns.treeSoak(scope.freshDirectory("tree-soak"), soakTime(scope), scope.seed()))),
                new LongRun(
                        LSM_LAB,
                        (scope, result) -> result.count(
                                Count.SOAK_OPERATIONS,
                                LongRuns.lsmSoak(scope.freshDirectory("lsm-soak"), soakTime(scope), scope.seed()))));
    }

    private static Duration soakTime(AuditScope scope) {
        return scope.quick() ? Duration.ofSeconds(5) : Duration.ofMinutes(10);
    }

    /** Processes that are killed. */
    static EnduranceCheck kills() {
        return new EnduranceCheck(
                "kills",
                "a process that is killed loses no write that a store has acknowledged",
                new LongRun(LSM_LAB, (scope, result) -> {
                    int kills = scope.quick() ? 5 : 100;
                    LongRuns.lsmKills(scope.freshDirectory("kills"), kills, scope.seed());
                    result.count(Count.KILLS, kills);
                }));
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
        for (LongRun longRun : runs) {
            if (scope.only().isEmpty() && scope.labs().stream().anyMatch(lab -> lab.number() == longRun.lab)) {
                run(longRun, scope, result);
            }
        }
        return result.build();
    }

    private static void run(LongRun longRun, AuditScope scope, CheckResult.Builder result)
            throws IOException, InterruptedException {
        try {
            longRun.action.run(scope, result);
        } catch (AssertionError e) {
            result.finding(String.valueOf(e.getMessage()));
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}

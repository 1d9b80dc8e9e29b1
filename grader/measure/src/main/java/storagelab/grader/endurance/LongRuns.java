package storagelab.grader.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import storagelab.api.MaintenanceKind;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.SnapshotSubject;

/**
 * What the stores of the course have to stand: power cuts at every operation, damaged files, a long life, kills. Each of
 * these ends with an {@link AssertionError} at the first thing that is not as it should be.
 */
public final class LongRuns {
    /** Small pages, a pool that is too small by far, and many checkpoints. */
    private static final BTreeOptions SMALL_TREE = BTreeOptions.defaults()
            .withPageSizeBytes(1024)
            .withPoolBytes(128 << 10)
            .withCheckpointBytes(300_000);

    private LongRuns() {}

    /**
     * Power cuts.
     *
     * @param points moments at which the power was cut
     * @param disks different disks that were left, during recovery too
     */
    public record Crashed(long points, long disks) {}

    /**
     * Damages of files.
     *
     * @param detected reported as damage, before anything wrong was returned
     * @param harmless nothing was wrong
     */
    public record Damaged(long detected, long harmless) {}

    /** Power cuts while lab 4's tree is written to, at so many moments at least. */
    public static Crashed treeCrashes(long pointsMin, long seed) throws Exception {
        TreeCrashRun.Tried tried = TreeCrashRun.until(pointsMin, seed);
        return new Crashed(tried.points(), tried.disks());
    }

    /** Power cuts while lab 5's tree is written to, flushed and merged, with each kind of picker. */
    public static Crashed lsmCrashes(long pointsMin, long seed) throws Exception {
        List<LsmOptions> shapes = SmallLsm.withEachPicker();
        long points = 0;
        long disks = 0;
        for (LsmOptions shape : shapes) {
            CrashTrial.Tried tried = CrashTrial.until(lsm(shape), pointsMin / shapes.size() + 1, seed);
            points += tried.points();
            disks += tried.disks();
        }
        return new Crashed(points, disks);
    }

    /** Damages of the file of lab 4's tree. */
    public static Damaged treeDamages(long count, long seed) throws IOException {
        TreeFlipRun.Outcome outcome = TreeFlipRun.of(count, seed);
        return new Damaged(outcome.detected(), outcome.harmless());
    }

    /** Damages of all kinds of files of lab 5's tree, with each kind of picker. */
    public static Damaged lsmDamages(long count, long seed) throws IOException {
        LsmFlipRun.Outcome outcome = LsmFlipRun.of(count, seed);
        return new Damaged(outcome.detected(), outcome.harmless());
    }

    /** Four threads on lab 4's tree in {@code directory}, which is empty. Returns the number of their operations. */
    public static long treeSoak(Path directory, Duration duration, long seed) throws InterruptedException {
        return SoakRun.run(
                        new SnapshotSubject<>(home -> BTreeStore.open(home, SMALL_TREE), BTreeStore::verify),
                        directory,
                        duration,
                        seed)
                .operations();
    }

    /** Four threads on lab 5's tree, which flushes and merges in the background. */
    public static long lsmSoak(Path directory, Duration duration, long seed) throws InterruptedException {
        LsmOptions shape = SmallLsm.LEVELED.withMaintenance(MaintenanceKind.BACKGROUND);
        return SoakRun.run(lsm(shape), directory, duration, seed).operations();
    }

    private static SnapshotSubject<LsmStore> lsm(LsmOptions shape) {
        return new SnapshotSubject<>(home -> LsmStore.open(home, shape), LsmStore::verify);
    }

    /** Kills of processes that write to lab 5's tree in {@code directory}. */
    public static void lsmKills(Path directory, int kills, long seed) throws IOException, InterruptedException {
        long unused = LsmKillRun.of(directory, kills, seed);
    }
}

package storagelab.grader.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import storagelab.testkit.CrashTrial;

/**
 * What the stores of the course have to stand: power cuts at every operation, damaged files, a long life, kills. Each of
 * these ends with an {@link AssertionError} at the first thing that is not as it should be.
 */
public final class LongRuns {
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
        List<LsmSubject> subjects = LsmSubject.withEachPicker();
        long points = 0;
        long disks = 0;
        for (LsmSubject subject : subjects) {
            CrashTrial.Tried tried = CrashTrial.until(subject, pointsMin / subjects.size() + 1, seed);
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
        return SoakRun.run(new TreeSubject(), directory, duration, seed).operations();
    }

    /** Four threads on lab 5's tree, which flushes and merges in the background. */
    public static long lsmSoak(Path directory, Duration duration, long seed) throws InterruptedException {
        LsmSubject subject = LsmSubject.withEachPicker().get(0).inBackground();
        return SoakRun.run(subject, directory, duration, seed).operations();
    }

    /** Kills of processes that write to lab 5's tree in {@code directory}. */
    public static void lsmKills(Path directory, int kills, long seed) throws IOException, InterruptedException {
        long unused = LsmKillRun.of(directory, kills, seed);
    }
}

package storagelab.grader.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import storagelab.api.SnapshotStore;
import storagelab.grader.audit.Count;
import storagelab.grader.audit.LabLongRuns;
import storagelab.grader.audit.LongRun;
import storagelab.grader.audit.LongRun.Kind;
import storagelab.recovery.EngineKind;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.SnapshotSubject;

/** What the store of lab 6 must stand, over both engines. */
public final class StoreLongRuns implements LabLongRuns {
    @Override
    public int lab() {
        return 6;
    }

    @Override
    public List<LongRun> runs() {
        return List.of(
                new LongRun(
                        Kind.CRASHES,
                        setting -> TreeLongRuns.crashed(
                                setting.quick()
                                        ? crashes(SmallStores.ofEachEngine(), 2, setting.seed())
                                        : crashes(SmallStores.ofEachKind(), 40_000, setting.seed()),
                                setting)),
                new LongRun(
                        Kind.FLIPS,
                        setting -> TreeLongRuns.damaged(
                                damages(setting.quick() ? 500 : 100_000, setting.seed()), setting)),
                new LongRun(
                        Kind.SOAK,
                        setting -> setting.count()
                                .accept(
                                        Count.SOAK_OPERATIONS,
                                        soak(setting.directory(), TreeLongRuns.soakTime(setting), setting.seed()))),
                new LongRun(Kind.KILLS, setting -> {
                    int kills = setting.quick() ? 2 : 100;
                    for (EngineKind engine : EngineKind.values()) {
                        kills(engine, setting.directory(), kills, setting.seed());
                        setting.count().accept(Count.KILLS, kills);
                    }
                }));
    }

    /** Power cuts at so many moments at least, as many for each of the kinds of stores, and in one run of each at least. */
    static <S extends SnapshotStore> LongRuns.Crashed crashes(
            List<SnapshotSubject<S>> subjects, long pointsMin, long seed) throws Exception {
        long points = 0;
        long disks = 0;
        for (SnapshotSubject<S> subject : subjects) {
            CrashTrial.Tried tried = CrashTrial.until(subject, pointsMin / subjects.size() + 1, seed);
            points += tried.points();
            disks += tried.disks();
        }
        return new LongRuns.Crashed(points, disks);
    }

    /** Damages of segments of the log. */
    static LongRuns.Damaged damages(long count, long seed) throws IOException {
        StoreFlipRun.Outcome outcome = StoreFlipRun.of(count, seed);
        return new LongRuns.Damaged(outcome.detected(), outcome.harmless());
    }

    /** Four threads on a store over each engine, a half of the time each. Returns the number of their operations. */
    static long soak(Path directory, Duration duration, long seed) throws IOException, InterruptedException {
        long operations = 0;
        Duration each = duration.dividedBy(EngineKind.values().length);
        for (EngineKind engine : EngineKind.values()) {
            Path home = Files.createDirectory(directory.resolve(engine.name()));
            operations += SoakRun.run(SmallStores.subject(SmallStores.options(engine)), home, each, seed)
                    .operations();
        }
        return operations;
    }

    /** Kills of processes whose threads run transactions on a store over {@code engine}. */
    public static void kills(EngineKind engine, Path directory, int kills, long seed)
            throws IOException, InterruptedException {
        StoreKillRun.of(engine.name(), directory, kills, seed);
    }
}

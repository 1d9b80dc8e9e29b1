package storagelab.grader.endurance;

import java.time.Duration;
import java.util.List;
import storagelab.grader.audit.Count;
import storagelab.grader.audit.LabLongRuns;
import storagelab.grader.audit.LongRun;
import storagelab.grader.audit.LongRun.Kind;
import storagelab.grader.audit.LongRun.Setting;

/** What the store of lab 4 must stand. */
public final class TreeLongRuns implements LabLongRuns {
    @Override
    public int lab() {
        return 4;
    }

    @Override
    public List<LongRun> runs() {
        return List.of(
                new LongRun(
                        Kind.CRASHES,
                        setting ->
                                crashed(LongRuns.treeCrashes(setting.quick() ? 300 : 5_000, setting.seed()), setting)),
                new LongRun(
                        Kind.FLIPS,
                        setting -> damaged(
                                LongRuns.treeDamages(setting.quick() ? 500 : 100_000, setting.seed()), setting)),
                new LongRun(
                        Kind.SOAK,
                        setting -> setting.count()
                                .accept(
                                        Count.SOAK_OPERATIONS,
                                        LongRuns.treeSoak(setting.directory(), soakTime(setting), setting.seed()))));
    }

    static void crashed(LongRuns.Crashed crashed, Setting setting) {
        setting.count().accept(Count.CRASH_POINTS, crashed.points());
        setting.count().accept(Count.CRASHED_DISKS, crashed.disks());
    }

    static void damaged(LongRuns.Damaged damaged, Setting setting) {
        setting.count().accept(Count.DAMAGES_DETECTED, damaged.detected());
        setting.count().accept(Count.DAMAGES_HARMLESS, damaged.harmless());
    }

    static Duration soakTime(Setting setting) {
        return setting.quick() ? Duration.ofSeconds(5) : Duration.ofMinutes(10);
    }
}

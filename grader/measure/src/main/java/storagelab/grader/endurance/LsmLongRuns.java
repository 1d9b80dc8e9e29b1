package storagelab.grader.endurance;

import java.util.List;
import storagelab.grader.audit.Count;
import storagelab.grader.audit.LabLongRuns;
import storagelab.grader.audit.LongRun;
import storagelab.grader.audit.LongRun.Kind;

/** What the store of lab 5 must stand. */
public final class LsmLongRuns implements LabLongRuns {
    @Override
    public int lab() {
        return 5;
    }

    @Override
    public List<LongRun> runs() {
        return List.of(
                new LongRun(
                        Kind.CRASHES,
                        setting -> TreeLongRuns.crashed(
                                LongRuns.lsmCrashes(setting.quick() ? 400 : 10_000, setting.seed()), setting)),
                new LongRun(
                        Kind.FLIPS,
                        setting -> TreeLongRuns.damaged(
                                LongRuns.lsmDamages(setting.quick() ? 500 : 100_000, setting.seed()), setting)),
                new LongRun(
                        Kind.SOAK,
                        setting -> setting.count()
                                .accept(
                                        Count.SOAK_OPERATIONS,
                                        LongRuns.lsmSoak(
                                                setting.directory(), TreeLongRuns.soakTime(setting), setting.seed()))),
                new LongRun(Kind.KILLS, setting -> {
                    int kills = setting.quick() ? 5 : 100;
                    LongRuns.lsmKills(setting.directory(), kills, setting.seed());
                    setting.count().accept(Count.KILLS, kills);
                }));
    }
}

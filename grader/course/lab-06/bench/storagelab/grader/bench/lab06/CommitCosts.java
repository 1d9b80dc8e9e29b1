package storagelab.grader.bench.lab06;

import java.util.List;
import storagelab.api.Durability;
import storagelab.disk.DiskCall;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;

/** Syncs and writes that commits of many threads share, and whether BUFFERED commits wait for a sync of another thread. */
public final class CommitCosts implements CostProbe {
    private static final int ROUNDS = 5;
    private static final int BUFFERED = 100;

    @Override
    public List<Cost> count(long seed) {
        try (HeldCommits synced = new HeldCommits();
                HeldCommits buffered = new HeldCommits()) {
            long syncs = -synced.syncs() - buffered.syncs();
            long writes = -synced.writes() - buffered.writes();
            for (int i = 0; i < ROUNDS; i++) {
                synced.commitDuring(DiskCall.SYNC, Durability.SYNCED);
                buffered.commitDuring(DiskCall.WRITE, Durability.BUFFERED);
            }
            syncs += synced.syncs() + buffered.syncs();
            writes += synced.writes() + buffered.writes();
            int waiting = buffered.waitingForSync(BUFFERED);
            synced.check();
            buffered.check();
            return List.of(
                    Cost.atMost("syncs of 5 SYNCED commits, 8 that come during each, and 45 BUFFERED", syncs, 2 * ROUNDS),
                    Cost.atMost("writes of 10 commits, and of 8 that come during each", writes, 4 * ROUNDS),
                    Cost.atMost("of 100 BUFFERED commits, wait for another thread's sync", waiting, 0));
        }
    }
}

package storagelab.grader.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import storagelab.grader.audit.Count;
import storagelab.grader.audit.LabLongRuns;
import storagelab.grader.audit.LongRun;
import storagelab.grader.audit.LongRun.Kind;
import storagelab.hybrid.HybridStore;
import storagelab.testkit.SnapshotSubject;
import storagelab.testkit.hybrid.HybridStores;
import storagelab.testkit.tier.MovingStore;

/** What stores whose keys move must stand: power cuts and kills in the middle of moves. */
public final class HybridLongRuns implements LabLongRuns {
    private static final long MOVES_SEED = 11;

    @Override
    public int lab() {
        return 7;
    }

    @Override
    public List<LongRun> runs() {
        return List.of(
                new LongRun(
                        Kind.CRASHES,
                        setting ->
                                TreeLongRuns.crashed(crashes(setting.quick() ? 2 : 20_000, setting.seed()), setting)),
                new LongRun(Kind.KILLS, setting -> {
                    int kills = setting.quick() ? 2 : 100;
                    kills(setting.directory(), kills, setting.seed());
                    setting.count().accept(Count.KILLS, kills);
                }));
    }

    /** Power cuts at so many moments at least, half of them over two tiers and half over a hybrid store, and in one run of each at least. */
    private static LongRuns.Crashed crashes(long pointsMin, long seed) throws Exception {
        LongRuns.Crashed tiers = StoreLongRuns.crashes(List.of(tiers(seed)), pointsMin / 2, seed);
        LongRuns.Crashed hybrid = StoreLongRuns.crashes(List.of(hybrid()), pointsMin / 2, seed);
        return new LongRuns.Crashed(tiers.points() + hybrid.points(), tiers.disks() + hybrid.disks());
    }

    /** Two tiers, and a move after every few writes. */
    private static SnapshotSubject<MovingStore> tiers(long seed) {
        return new SnapshotSubject<>(home -> MovingStore.open(home, seed + MOVES_SEED), MovingStore::verify);
    }

    /** The hybrid store, with a round of its router each millisecond. */
    private static SnapshotSubject<HybridStore> hybrid() {
        return new SnapshotSubject<>(
                home -> HybridStore.open(home, HybridStores.restless()),
                store -> store.engine().verify());
    }

    /** Kills of processes whose threads run transactions on a hybrid store that moves its keys all the time. */
    public static void kills(Path directory, int kills, long seed) throws IOException, InterruptedException {
        StoreKillRun.of(TransferWriter.HYBRID, directory, kills, seed);
    }
}

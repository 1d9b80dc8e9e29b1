package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Isolation;
import storagelab.disk.CrashDisk;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.Seeds;
import storagelab.testkit.SnapshotSubject;
import storagelab.testkit.hybrid.HybridStores;
import storagelab.testkit.kv.History;
import storagelab.testkit.kv.HistoryChecker;
import storagelab.testkit.kv.RandomHistories;

/** A {@link HybridStore} whose keys move all the time, in long runs: every crash of random runs, and random histories. */
class HybridStoreRunsTest {
    /** For each level; {@code -Dhistories=20000} for the whole run. */
    private static final int HISTORIES = Integer.getInteger("histories", 200);

    private static HybridStore open(Path directory) {
        return HybridStore.open(directory, HybridStores.restless());
    }

    @Test
    @DisplayName("whenever the power is cut, every SYNCED write is there and a prefix of the others, batches whole")
    void everyCrash() {
        CrashTrial.check(
                new SnapshotSubject<HybridStore>(
                        HybridStoreRunsTest::open, store -> store.engine().verify()),
                1);
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    @DisplayName(
            "random histories show nothing that their level does not allow, with steps mixed by hand and with threads")
    void histories(Isolation level) {
        Seeds.check(1, random -> {
            long seed = random.nextLong();
            try (HybridStore store = open(CrashDisk.create().root().resolve("store"))) {
                for (int i = 0; i < HISTORIES; i++) {
                    History mixed = RandomHistories.mixed(store, level, "h" + i + ".", random);
                    assertThat(HistoryChecker.check(mixed, level).orElse("none"), is("none"));
                }
                for (int i = 0; i < HISTORIES / 10; i++) {
                    History threads = RandomHistories.ofThreads(store, level, "t" + i + ".", seed + i);
                    assertThat(HistoryChecker.check(threads, level).orElse("none"), is("none"));
                }
            }
        });
    }
}

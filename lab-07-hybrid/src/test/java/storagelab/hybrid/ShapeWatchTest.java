package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.adaptive.AdaptiveCompaction;
import storagelab.adaptive.TreeShape;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.EngineCosts;
import storagelab.disk.CrashDisk;
import storagelab.lsm.LsmStore;
import storagelab.manifest.FileMetadata;
import storagelab.testkit.hybrid.HybridStores;
import storagelab.testkit.workload.HandClock;
import storagelab.workload.TrackerOptions;

@Tag("7.11")
@DisplayName("The LSM tree of a hybrid store")
class ShapeWatchTest {
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int ROUNDS_MAX = 1_000;
    private static final int PUTS = 2_000;
    private static final int SCANNED = 10 * PUTS;
    private static final Slice VALUE = Slice.utf8("ten bottles of rum, and a chest for them");

    private final HandClock clock = new HandClock();
    private int written;

    /** A store whose keys all stay on the LSM tree. */
    private HybridStore open() {
        return HybridStore.open(
                CrashDisk.create().root(),
                HybridStores.small()
                        .withTracker(TrackerOptions.defaults().withClock(clock).withHalfLife(ROUND))
                        .withRouter(RouterOptions.defaults().withClock(clock).withPeriod(ROUND))
                        .withCosts((load, seconds, data) -> new EngineCosts(100, 1)));
    }

    private static LsmStore tree(HybridStore store) {
        return (LsmStore) store.engine().tier("lsm");
    }

    private static TreeShape shape(HybridStore store) {
        return ((AdaptiveCompaction) tree(store).picker()).shape();
    }

    private void round(HybridStore store) {
        clock.pass(ROUND);
        store.runRound();
    }

    /** Puts entries under {@code keys} keys in turn. */
    private void put(HybridStore store, int keys) {
        for (int i = 0; i < PUTS; i++) {
            store.put(Slice.utf8("%08d".formatted(written++ % keys)), VALUE);
        }
        store.checkpoint();
    }

    private static void scan(HybridStore store, int entries) {
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            cursor.seekToFirst();
            for (int i = 0; i < entries; i++) {
                if (cursor.isValid()) {
                    cursor.next();
                } else {
                    cursor.seekToFirst();
                }
            }
        }
    }

    @Test
    @DisplayName("becomes tiered for puts, and leveled when it is only scanned from then on, without any merge before")
    void scansOnly() {
        try (HybridStore store = open()) {
            put(store, Integer.MAX_VALUE);
            round(store);
            assertThat("after puts", shape(store), is(TreeShape.TIERED));
            for (int i = 0; i < ROUNDS_MAX && shape(store) != TreeShape.LEVELED; i++) {
                for (int scan = 0; scan < 50; scan++) {
                    scan(store, 100);
                }
                round(store);
            }
            assertThat("after scans", shape(store), is(TreeShape.LEVELED));
            tree(store).flush();
            assertThat(
                    "numbers of the runs",
                    tree(store).version().runs().stream()
                            .filter(run -> run.level() > 0)
                            .map(run -> run.number())
                            .toList(),
                    everyItem(is(FileMetadata.ONLY_RUN)));
        }
    }

    @Test
    @DisplayName(
            "is tiered for new keys that are scanned now and then, and not for the same load of keys that have a value")
    void overwrites() {
        try (HybridStore news = open();
                HybridStore olds = open()) {
            for (int i = 0; i < 20; i++) {
                put(news, Integer.MAX_VALUE);
                scan(news, SCANNED);
                put(olds, PUTS);
                scan(olds, SCANNED);
                clock.pass(ROUND);
                news.runRound();
                olds.runRound();
            }
            assertThat("new keys", shape(news), is(TreeShape.TIERED));
            assertThat("keys that have a value", shape(olds), is(not(TreeShape.TIERED)));
        }
    }
}

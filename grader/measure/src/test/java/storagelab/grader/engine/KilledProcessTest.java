package storagelab.grader.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.StoreMatchers.holds;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.grader.endurance.CountingWriter;
import storagelab.grader.endurance.KilledWriter;
import storagelab.grader.endurance.LsmWriter;
import storagelab.lsm.LsmStore;
import storagelab.sortedlog.SortedLogStore;
import storagelab.testkit.Seeds;

/** Real processes die by SIGKILL on the real disk. */
class KilledProcessTest {
    private static final int KILLS = 4;
    private static final int WRITES_MAX = 2000;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("a process that is killed loses no acknowledged write, SYNCED or BUFFERED, and no batch is half there")
    void killed() {
        Path home = directory.resolve("store");
        Seeds.check(1, random -> {
            for (int kill = 0; kill < KILLS; kill++) {
                long acknowledged = KilledWriter.run(CountingWriter.class, home, 1 + random.nextInt(WRITES_MAX));
                try (SortedLogStore store = SortedLogStore.open(home, CountingWriter.OPTIONS)) {
                    assertNothingLost(store, acknowledged);
                    assertThat("put aside", store.recoveryReport().quarantined(), is(empty()));
                    store.verify();
                }
            }
        });
    }

    @Test
    @DisplayName("the same with a log-structured merge tree that flushes and merges all the time")
    void killedWhileItMerges() {
        Path home = directory.resolve("store");
        Seeds.check(1, random -> {
            for (int kill = 0; kill < KILLS; kill++) {
                long acknowledged = KilledWriter.run(LsmWriter.class, home, 1 + random.nextInt(WRITES_MAX));
                try (LsmStore store = LsmStore.open(home, LsmWriter.OPTIONS)) {
                    assertNothingLost(store, acknowledged);
                    assertThat("dropped", store.recoveryReport().dropped(), is(empty()));
                    store.verify();
                }
            }
        });
    }

    private static void assertNothingLost(KeyValueStore store, long acknowledged) {
        long last = CountingWriter.last(store);
        assertThat("last number in the store", last, is(greaterThanOrEqualTo(acknowledged)));
        assertThat(store, holds(CountingWriter.SECOND, Slice.utf8(Long.toString(last))));
    }
}

package storagelab.grader.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.StoreMatchers.holds;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Slice;
import storagelab.btree.BTreeStore;
import storagelab.grader.endurance.KilledWriter;
import storagelab.testkit.Seeds;

/** Real processes that write to a B+tree die by SIGKILL on the real disk. */
class KilledTreeTest {
    private static final int KILLS = 4;
    private static final int WRITES_MAX = 60;

    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "a process that is killed loses no SYNCED write of a B+tree, no batch is half there, and no page is lost")
    void killed() {
        Path home = directory.resolve("store");
        Seeds.check(1, random -> {
            long before = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                long synced =
                        Math.max(before, KilledWriter.run(TreeWriter.class, home, 1 + random.nextInt(WRITES_MAX)));
                try (BTreeStore store = BTreeStore.open(home, TreeWriter.OPTIONS)) {
                    long last = TreeWriter.last(store);
                    assertThat("last number in the store", last, is(greaterThanOrEqualTo(synced)));
                    assertThat(store, holds(TreeWriter.SECOND, Slice.utf8(Long.toString(last))));
                    store.verify();
                    before = last;
                }
            }
        });
    }
}

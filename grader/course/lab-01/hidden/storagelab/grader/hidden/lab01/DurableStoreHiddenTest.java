package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static storagelab.testkit.StoreMatchers.holds;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.SurvivalMode;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.TableListKind;
import storagelab.testkit.Seeds;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

/** Exercise 1.9: a store that is closed, killed or crashed comes back as it was promised. */
@Tag("1.9")
class DurableStoreHiddenTest {
    private static final SortedLogOptions DURABLE =
            Stores.SIMPLE.withTableList(TableListKind.DURABLE).withMemtableBytes(1500);

    @Test
    @DisplayName(
            "after a crash at any moment: SYNCED batches are there, BUFFERED ones are a prefix, none is there in part")
    @Timeout(40)
    void everyCrash() {
        Seeds.check(1, random -> {
            CrashScript script = new CrashScript(random, DURABLE, 45, 1000);
            CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()), script::run, script::check);
        });
    }

    @Test
    @DisplayName("the same for a store that is closed and opened again and again, with crashes during recovery")
    @Timeout(40)
    void everyCrashAcrossRestarts() {
        Seeds.check(1, random -> {
            CrashScript script = new CrashScript(random, DURABLE, 30, 4);
            CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()).withRecoveryCrashes(10, 4),
                    script::run,
                    script::check);
        });
    }

    @Test
    @DisplayName("random writes, reads, flushes and restarts agree with a sorted map")
    @Timeout(40)
    void model() {
        StoreModel.defaults()
                .withoutTraceFiles()
                .check(
                        StoreSubject.of(
                                        "SortedLogStore-durable",
                                        () -> CrashDisk.create().root(),
                                        directory -> SortedLogStore.open(directory, DURABLE))
                                .flushing(SortedLogStore::flush)
                                .reopening(),
                        20);
    }

    @Test
    @DisplayName("a killed process loses nothing: what was BUFFERED is there, in memory and in tables")
    void killedProcess() {
        CrashDisk disk = CrashDisk.create();
        try (SortedLogStore store = SortedLogStore.open(disk.root(), DURABLE)) {
            for (int i = 0; i < 60; i++) {
                store.put(Entries.numbered(i), Slice.utf8("value " + i));
            }
            CrashDisk killed = disk.afterCrash(SurvivalMode.EVERYTHING, 0);
            try (SortedLogStore again = SortedLogStore.open(killed.root(), DURABLE)) {
                for (int i = 0; i < 60; i++) {
                    assertThat("after a kill", again, holds(Entries.numbered(i), Slice.utf8("value " + i)));
                }
            }
        }
    }

    @Test
    @DisplayName(
            "what was recovered from the log is flushed with what is written since, and not lost by the next crash")
    void recoveredEntriesAreFlushed() {
        CrashDisk disk = CrashDisk.create();
        try (SortedLogStore store = SortedLogStore.open(disk.root(), DURABLE)) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            store.write(new WriteBatch().put(Slice.utf8("b"), Slice.utf8("2")), Durability.SYNCED);
        }
        try (SortedLogStore store = SortedLogStore.open(disk.root(), DURABLE)) {
            store.put(Slice.utf8("c"), Slice.utf8("3"));
            store.flush();
            CrashDisk rebooted = disk.afterCrash(SurvivalMode.NOTHING, 0);
            try (SortedLogStore again = SortedLogStore.open(rebooted.root(), DURABLE)) {
                assertThat("recovered, flushed, crashed", again, holds("a", "1"));
                assertThat("recovered, flushed, crashed", again, holds("b", "2"));
                assertThat("written, flushed, crashed", again, holds("c", "3"));
            }
        }
    }
}

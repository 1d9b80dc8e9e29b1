package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.testkit.lsm.NoMerges;

@DisplayName("An LSM tree that shares a log with other engines")
class LsmShareLogTest {
    private static final int MEMTABLE_BYTES = 4_000;
    private static final int ENTRIES = 100; // of 100 bytes: more than two memtables

    private final Path home = CrashDisk.create().root().resolve("store");
    private final List<Integer> tablesAtSync = new ArrayList<>();

    private LsmStore open(LsmOptions options) {
        LsmStore store = LsmStore.open(home, options);
        store.shareLog();
        return store;
    }

    private static LsmOptions options() {
        return NoMerges.options(MEMTABLE_BYTES).withoutLog().withMaintenance(MaintenanceKind.FOREGROUND);
    }

    private static int tables(LsmStore store) {
        return store.version().files().size();
    }

    private static Slice key(int number) {
        return Slice.utf8("key %04d".formatted(number));
    }

    private static void fill(LsmStore store) {
        for (int i = 0; i < ENTRIES; i++) {
            store.apply(store.lastSequence() + 1, new WriteBatch().put(key(i), Slice.utf8("v".repeat(92))));
        }
    }

    @Test
    @DisplayName(
            "writes no memtable out by itself before it is told how to sync the log, and keeps everything meanwhile")
    void nothingWhileRecovering() {
        try (LsmStore store = open(options())) {
            fill(store);
            assertThat("tables", tables(store), is(0));
            assertThat(store.get(key(0)), is(Optional.of(Slice.utf8("v".repeat(92)))));
            assertThat(store.get(key(ENTRIES - 1)), is(Optional.of(Slice.utf8("v".repeat(92)))));
        }
        try (LsmStore again = LsmStore.open(home, options())) {
            assertThat("after close", again.get(key(50)), is(Optional.of(Slice.utf8("v".repeat(92)))));
        }
    }

    @Test
    @DisplayName("syncs the log before each memtable that it writes out")
    void syncsFirst() {
        try (LsmStore store = open(options())) {
            store.useLog(() -> tablesAtSync.add(tables(store)));
            fill(store);
            int flushed = tables(store);
            assertThat("tables", flushed, is(greaterThan(1)));
            List<Integer> before = new ArrayList<>();
            for (int i = 0; i < flushed; i++) {
                before.add(i);
            }
            assertThat("tables when the log was synced", tablesAtSync, is(before));
            store.checkpoint();
            assertThat("at the checkpoint", tablesAtSync.get(tablesAtSync.size() - 1), is(flushed));
        }
    }

    @Test
    @DisplayName("writes nothing out if the log cannot be synced, and takes no writes after that")
    void logFails() {
        try (LsmStore store = open(options())) {
            store.useLog(() -> {
                throw new StorageIoException("syncing the log", new IOException("told to fail"));
            });
            assertThrows(StoreFailedException.class, () -> fill(store));
            assertThat("tables", tables(store), is(0));
        }
    }

    @Test
    @DisplayName("that stands behind its log alone does not sync it")
    void alone() {
        try (LsmStore store = LsmStore.open(home, options())) {
            store.useLog(() -> tablesAtSync.add(tables(store)));
            fill(store);
            assertThat(tables(store), is(greaterThan(1)));
            assertThat(tablesAtSync, is(empty()));
        }
    }

    @Test
    @DisplayName("has no log of its own")
    void ownLog() {
        try (LsmStore store = LsmStore.open(home, LsmOptions.defaults())) {
            IllegalStateException refused = assertThrows(IllegalStateException.class, store::shareLog);
            assertThat(List.of(refused.getMessage()), contains("the store in " + home + " keeps a log of its own"));
        }
    }
}

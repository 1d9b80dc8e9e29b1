package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Durability;
import storagelab.api.LogTruncatedException;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeStore;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.DiskCall;
import storagelab.lsm.LsmStore;
import storagelab.recovery.ChangeFeed;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.recovery.FeedOptions;
import storagelab.recovery.ReadOnlyStore;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.recovery.SmallStores;

class BackupTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("store");
    private final Path target = disk.root().resolve("backups").resolve("monday");

    private static Slice key(int number) {
        return Slice.utf8("key " + number);
    }

    private static void verify(CrashSafeStore store) {
        if (store.engine() instanceof BTreeStore tree) {
            tree.verify();
        } else if (store.engine() instanceof LsmStore lsm) {
            lsm.verify();
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "a backup opens as a store with the state of one sequence, goes on from there, and is backed up itself")
    void opens(EngineKind engine) {
        DurableOptions options = SmallStores.options(engine);
        TreeMap<Slice, Slice> before;
        long sequence;
        try (CrashSafeStore store = CrashSafeStore.open(home, options)) {
            for (int i = 0; i < 300; i++) {
                store.put(key(i % 100), Slice.utf8("value " + i));
                store.delete(key(i % 7));
            }
            store.put(key(500), Slice.utf8("large ".repeat(500)));
            before = ChangeFeedTest.entries(store);
            sequence = store.backup(target);
            assertThat(sequence, is(store.lastSequence()));
            store.put(key(1), Slice.utf8("after"));
        }
        Path second = disk.root().resolve("second");
        try (CrashSafeStore copy = CrashSafeStore.open(target, options)) {
            assertThat(ChangeFeedTest.entries(copy), is(before));
            assertThat(copy.lastSequence(), is(sequence));
            verify(copy);
            copy.put(key(1), Slice.utf8("in the copy"));
            assertThat(copy.lastSequence(), is(sequence + 1));
            before.put(key(1), Slice.utf8("in the copy"));
            copy.backup(second);
        }
        try (CrashSafeStore copy = CrashSafeStore.open(second, options)) {
            assertThat(ChangeFeedTest.entries(copy), is(before));
            verify(copy);
        }
        assertThat("open files", disk.openFiles(), is(0));
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("an empty store, and one from which all was deleted, are backed up with their sequence")
    void empty(EngineKind engine) {
        DurableOptions options = SmallStores.options(engine);
        try (CrashSafeStore store = CrashSafeStore.open(home, options)) {
            assertThat(store.backup(target), is(0L));
            store.put(key(1), Slice.utf8("1"));
            store.delete(key(1));
            assertThat(store.backup(disk.root().resolve("other")), is(2L));
        }
        for (Path backup : new Path[] {target, disk.root().resolve("other")}) {
            try (CrashSafeStore copy = CrashSafeStore.open(backup, options)) {
                assertThat(ChangeFeedTest.entries(copy).isEmpty(), is(true));
                assertThat(copy.lastSequence(), is(backup.equals(target) ? 0L : 2L));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "backups made while writers run are the changes up to their sequence, and the changes after it make them the store")
    void besideWriters(EngineKind engine) throws InterruptedException {
        DurableOptions options = SmallStores.options(engine);
        FeedOptions held = new FeedOptions(FeedOptions.Reach.VISIBLE, FeedOptions.Truncation.HELD_BACK);
        AtomicInteger backups = new AtomicInteger();
        try (CrashSafeStore store = CrashSafeStore.open(home, options);
                ChangeFeed feed = store.changes(0, held);
                Crew crew = new Crew()) {
            AtomicBoolean isOver = new AtomicBoolean();
            long[] sequences = new long[5];
            crew.start("backup", () -> {
                try {
                    long last = 0;
                    for (int i = 0; i < sequences.length; i++) {
                        long before = last;
                        Eventually.holds("the writers write", () -> store.lastSequence() > before + 100);
                        last = store.backup(disk.root().resolve("backup " + i));
                        sequences[i] = last;
                        backups.incrementAndGet();
                    }
                } finally {
                    isOver.set(true);
                }
            });
            AtomicInteger thread = new AtomicInteger();
            crew.start(2, "writer", () -> {
                int me = thread.getAndIncrement();
                for (int i = 0; !isOver.get(); i++) {
                    store.write(
                            new WriteBatch()
                                    .put(key(i % 60), Slice.utf8(me + " wrote " + i))
                                    .put(key(100 + i % 60), Slice.utf8(me + " wrote " + i))
                                    .delete(key((i + 30) % 60)),
                            Durability.BUFFERED);
                }
            });
            crew.join();
            TreeMap<Slice, Slice> state = new TreeMap<>();
            for (int i = 0; i < sequences.length; i++) {
                follow(feed, state, sequences[i]);
                try (CrashSafeStore copy = CrashSafeStore.open(disk.root().resolve("backup " + i), options)) {
                    assertThat(copy.lastSequence(), is(sequences[i]));
                    assertThat("backup " + i + " at " + sequences[i], ChangeFeedTest.entries(copy), is(state));
                }
            }
            follow(feed, state, store.lastSequence());
            assertThat(state, is(ChangeFeedTest.entries(store)));
            assertThat(sequences[4], is(greaterThan(sequences[0])));
        }
    }

    /** Applies the changes up to {@code sequence}; of a group of commits that goes on beyond it, the operations up to it. */
    private void follow(ChangeFeed feed, TreeMap<Slice, Slice> state, long sequence) {
        if (rest != null) {
            applyUpTo(state, rest, sequence);
        }
        while (feed.sequence() < sequence) {
            ChangeFeed.Change next = feed.poll().orElseThrow();
            rest = next;
            applyUpTo(state, next, sequence);
        }
    }

    private ChangeFeed.@Nullable Change rest;
    private long applied;

    private void applyUpTo(TreeMap<Slice, Slice> state, ChangeFeed.Change change, long sequence) {
        WriteBatch part = new WriteBatch();
        long next = change.sequence();
        for (WriteBatch.Operation operation : change.batch().operations()) {
            if (next > applied && next <= sequence) {
                if (operation instanceof WriteBatch.Put put) {
                    part.put(put.key(), put.value());
                } else {
                    part.delete(operation.key());
                }
            }
            next++;
        }
        ChangeFeedTest.apply(state, part);
        applied = Math.max(applied, Math.min(sequence, change.lastSequence()));
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("whenever the power is cut during a backup, its directory is no store, or is refused, or is whole")
    void everyCrash(EngineKind engine) throws Exception {
        DurableOptions options = SmallStores.options(engine);
        TreeMap<Slice, Slice> expected = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            expected.put(key(i), Slice.utf8("a value of the backup " + i));
        }
        CrashExplorer.explore(
                CrashExplorerOptions.defaults().withRandomImages(2),
                recorded -> {
                    try (CrashSafeStore store =
                            CrashSafeStore.open(recorded.root().resolve("store"), options)) {
                        expected.forEach(store::put);
                        store.backup(recorded.root().resolve("backup"));
                        recorded.ack("backed up");
                        store.put(key(1), Slice.utf8("after"));
                    }
                },
                point -> {
                    Path backup = point.root().resolve("backup");
                    boolean isDone = point.acknowledged().contains("backed up");
                    try (ReadOnlyStore copy = ReadOnlyStore.open(backup, options)) {
                        assertThat(ChangeFeedTest.entries(copy), is(expected));
                    } catch (StorageIoException e) {
                        assertThat("an acknowledged backup is refused: " + e.getMessage(), isDone, is(false));
                        assertNotWhole(backup, options);
                    }
                });
    }

    /** A directory that is not a store is empty; any other is refused for writing, too. */
    private static void assertNotWhole(Path backup, DurableOptions options) throws IOException {
        if (Files.exists(backup.resolve("FORMAT"))) {
            StorageException refused = assertThrows(StorageException.class, () -> CrashSafeStore.open(backup, options));
            assertThat(refused.getMessage(), containsString("a backup into it was interrupted"));
        } else {
            assertThat(Files.exists(backup.resolve("btree")) || Files.exists(backup.resolve("lsm")), is(false));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a target with files is refused, and one that cannot be written to leaves the store as it is")
    void refusals(EngineKind engine) throws IOException {
        DurableOptions options = SmallStores.options(engine);
        Files.createDirectories(target);
        Files.writeString(target.resolve("a file"), "");
        try (CrashSafeStore store = CrashSafeStore.open(home, options)) {
            store.put(key(1), Slice.utf8("1"));
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> store.backup(target));
            assertThat(refused.getMessage(), containsString("is not empty: choose a directory for the backup"));
            Files.delete(target.resolve("a file"));
            disk.faults().failFrom(DiskCall.SYNC, 4);
            assertThrows(StorageException.class, () -> store.backup(target));
            disk.faults().clear();
            store.put(key(2), Slice.utf8("2"));
            assertThat(store.get(key(1)), is(Optional.of(Slice.utf8("1"))));
            assertThrows(StorageIoException.class, () -> CrashSafeStore.open(target, options));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a feed of a backup begins at its sequence, and says so of what came before")
    void feedOfABackup(EngineKind engine) {
        DurableOptions options = SmallStores.options(engine);
        try (CrashSafeStore store = CrashSafeStore.open(home, options)) {
            for (int i = 0; i < 20; i++) {
                store.put(key(i), Slice.utf8("1"));
            }
            store.backup(target);
        }
        try (CrashSafeStore copy = CrashSafeStore.open(target, options)) {
            assertThrows(LogTruncatedException.class, () -> copy.changes(19, FeedOptions.defaults()));
            try (ChangeFeed feed = copy.changes(20, FeedOptions.defaults())) {
                copy.write(new WriteBatch().put(key(1), Slice.EMPTY), Durability.SYNCED);
                assertThat(feed.poll().orElseThrow().sequence(), is(21L));
            }
        }
    }
}

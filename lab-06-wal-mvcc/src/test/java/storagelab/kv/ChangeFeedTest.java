package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.LogTruncatedException;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.recovery.ChangeFeed;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.recovery.FeedOptions;
import storagelab.recovery.FeedOptions.Reach;
import storagelab.recovery.FeedOptions.Truncation;
import storagelab.testkit.Crew;
import storagelab.testkit.recovery.SmallStores;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalMetrics;
import storagelab.wal.WalOptions;

class ChangeFeedTest {
    private static final FeedOptions HELD = FeedOptions.defaults().withTruncation(Truncation.HELD_BACK);
    private static final FeedOptions VISIBLE = FeedOptions.defaults().withReach(Reach.VISIBLE);

    private final CrashDisk disk = CrashDisk.create();
    private final Path directory = disk.root().resolve("store");

    private CrashSafeStore open(EngineKind engine) {
        return CrashSafeStore.open(directory, withoutCheckpoints(engine));
    }

    private static DurableOptions withoutCheckpoints(EngineKind engine) {
        return SmallStores.options(engine).withCheckpointLogBytes(1 << 30);
    }

    private static Slice key(int number) {
        return Slice.utf8("key " + number);
    }

    private static List<String> polled(ChangeFeed feed) {
        List<String> changes = new ArrayList<>();
        for (Optional<ChangeFeed.Change> next = feed.poll(); next.isPresent(); next = feed.poll()) {
            changes.add(next.get().sequence() + " " + next.get().batch());
        }
        return changes;
    }

    /** What a store has to which changes were applied. */
    static void apply(TreeMap<Slice, Slice> state, WriteBatch batch) {
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                state.put(put.key(), put.value());
            } else {
                state.remove(operation.key());
            }
        }
    }

    static TreeMap<Slice, Slice> entries(OrderedStore store) {
        TreeMap<Slice, Slice> entries = new TreeMap<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                entries.put(cursor.key(), cursor.value());
            }
        }
        return entries;
    }

    @Test
    @DisplayName(
            "changes come in the order of the commits, each once, batches whole, and later ones when they are there")
    void order() {
        try (CrashSafeStore store = open(EngineKind.BTREE);
                ChangeFeed feed = store.changes(0, VISIBLE)) {
            assertThat(polled(feed), is(List.of()));
            store.put(key(1), Slice.utf8("a"));
            store.write(new WriteBatch().put(key(2), Slice.utf8("b")).delete(key(1)), Durability.BUFFERED);
            assertThat(
                    polled(feed),
                    is(List.of(
                            "1 " + new WriteBatch().put(key(1), Slice.utf8("a")),
                            "2 " + new WriteBatch().put(key(2), Slice.utf8("b")).delete(key(1)))));
            assertThat(feed.sequence(), is(3L));
            assertThat(polled(feed), is(List.of()));
            store.delete(key(2));
            assertThat(polled(feed), is(List.of("4 " + new WriteBatch().delete(key(2)))));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 50, 99, 100})
    @DisplayName("a feed that resumes after a sequence returns what came after it, over many segments and a reopening")
    void resumes(long after) {
        // A copy from before closing, since that cuts the log.
        CrashDisk killed = CrashDisk.create();
        CrashSafeStore first = CrashSafeStore.open(killed.root(), withoutCheckpoints(EngineKind.LSM));
        for (int i = 1; i <= 60; i++) {
            first.put(key(i), Slice.utf8("a value of some length " + i));
        }
        Path left = killed.afterCrash(SurvivalMode.EVERYTHING, 0).root();
        first.close();
        try (CrashSafeStore store = CrashSafeStore.open(left, withoutCheckpoints(EngineKind.LSM))) {
            for (int i = 61; i <= 100; i++) {
                store.put(key(i), Slice.utf8("a value of some length " + i));
            }
            assertThat(store.stats().get(WalMetrics.SEGMENTS_BEGUN), is(greaterThan(1L)));
            try (ChangeFeed feed = store.changes(after, VISIBLE)) {
                for (long next = after + 1; next <= 100; next++) {
                    ChangeFeed.Change change = feed.poll().orElseThrow();
                    assertThat(change.sequence(), is(next));
                    assertThat(change.batch().operations().get(0).key(), is(key((int) next)));
                }
                assertThat(feed.poll(), is(Optional.empty()));
            }
        }
    }

    @Test
    @DisplayName("a durable feed returns nothing that a power cut may take, and what a later sync covers")
    void durable() {
        try (CrashSafeStore store = open(EngineKind.BTREE);
                ChangeFeed durable = store.changes(0, FeedOptions.defaults());
                ChangeFeed visible = store.changes(0, VISIBLE)) {
            store.put(key(1), Slice.utf8("buffered"));
            assertThat(durable.poll(), is(Optional.empty()));
            assertThat(visible.poll().isPresent(), is(true));
            store.write(new WriteBatch().put(key(2), Slice.utf8("synced")), Durability.SYNCED);
            assertThat(durable.poll().orElseThrow().lastSequence(), is(1L));
            assertThat(durable.poll().orElseThrow().lastSequence(), is(2L));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("after a power cut, what a durable feed has returned is there, and resuming misses nothing")
    void powerCut(EngineKind engine) {
        CrashSafeStore store = open(engine);
        TreeMap<Slice, Slice> copy = new TreeMap<>();
        long sequence;
        try (ChangeFeed feed = store.changes(0, HELD)) {
            for (int i = 0; i < 120; i++) {
                Durability durability = i % 10 == 3 ? Durability.SYNCED : Durability.BUFFERED;
                store.write(new WriteBatch().put(key(i % 30), Slice.utf8("value " + i)), durability);
                feed.poll().ifPresent(change -> apply(copy, change.batch()));
            }
            sequence = feed.sequence();
            for (SurvivalMode mode : SurvivalMode.values()) {
                resumeAfter(engine, mode, sequence, new TreeMap<>(copy));
            }
        }
        store.close();
    }

    private void resumeAfter(EngineKind engine, SurvivalMode mode, long sequence, TreeMap<Slice, Slice> copy) {
        Path left = disk.afterCrash(mode, 7).root().resolve("store");
        try (CrashSafeStore again = CrashSafeStore.open(left, withoutCheckpoints(engine))) {
            again.write(new WriteBatch().put(key(99), Slice.utf8("after")), Durability.SYNCED);
            try (ChangeFeed resumed = again.changes(sequence, FeedOptions.defaults())) {
                for (Optional<ChangeFeed.Change> next = resumed.poll(); next.isPresent(); next = resumed.poll()) {
                    apply(copy, next.get().batch());
                }
            }
            assertThat(mode.toString(), copy, is(entries(again)));
        } catch (LogTruncatedException e) {
            // The engine had more on its disk than the log: the reader is told, and does not miss it unknowingly.
            assertThat(mode.toString(), engine, is(EngineKind.LSM));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "what a checkpoint has cut is an error with both sequences; a feed that holds the log back gets all of it")
    void truncation(EngineKind engine) {
        try (CrashSafeStore store = open(engine)) {
            ChangeFeed held = store.changes(0, HELD.withReach(Reach.VISIBLE));
            for (int i = 1; i <= 100; i++) {
                store.put(key(i), Slice.utf8("a value of some length " + i));
            }
            store.checkpoint();
            assertThat("segments deleted", store.stats().get(WalMetrics.SEGMENTS_DELETED), is(0L));
            assertThat(held.poll(Duration.ZERO).orElseThrow().sequence(), is(1L));
            for (int i = 2; i <= 100; i++) {
                assertThat(held.poll().orElseThrow().sequence(), is((long) i));
            }
            store.put(key(1), Slice.EMPTY);
            store.checkpoint();
            assertThat(store.stats().get(WalMetrics.SEGMENTS_DELETED), is(greaterThan(2L)));
            LogTruncatedException gone = assertThrows(LogTruncatedException.class, () -> store.changes(3, VISIBLE));
            assertThat(gone.wantedAfter(), is(3L));
            assertThat(gone.firstAfter(), is(greaterThan(3L)));
            assertThat(gone.getMessage(), containsString("has no operations from sequence 4 on"));
            assertThat(held.poll().orElseThrow().sequence(), is(101L));
            held.close();
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a feed at the end of a segment that is deleted has missed nothing, and goes on with the next one")
    void segmentDeletedAtItsEnd(EngineKind engine) {
        try (CrashSafeStore store = open(engine);
                ChangeFeed feed = store.changes(0, HELD.withReach(Reach.VISIBLE))) {
            long sequence = 0;
            for (int round = 0; round < 200; round++) {
                store.put(key(round), Slice.utf8("a value of some length"));
                store.checkpoint(); // deletes what the feed has read to its end
                assertThat(feed.poll().orElseThrow().sequence(), is(++sequence));
            }
            assertThat(store.stats().get(WalMetrics.SEGMENTS_DELETED), is(greaterThan(2L)));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a feed that is overtaken by a checkpoint is told, and neither skips nor ends")
    void overtaken(EngineKind engine) {
        try (CrashSafeStore store = open(engine);
                ChangeFeed feed = store.changes(0, VISIBLE)) {
            store.put(key(1), Slice.utf8("1"));
            assertThat(feed.poll().orElseThrow().sequence(), is(1L));
            for (int i = 2; i <= 200; i++) {
                store.put(key(i), Slice.utf8("a value of some length " + i));
            }
            store.checkpoint();
            List<Long> sequences = new ArrayList<>();
            assertThrows(LogTruncatedException.class, () -> {
                for (Optional<ChangeFeed.Change> next = feed.poll(); next.isPresent(); next = feed.poll()) {
                    sequences.add(next.get().sequence());
                }
            });
            for (int i = 0; i < sequences.size(); i++) {
                assertThat(sequences.get(i), is(i + 2L)); // the segment that it had open
            }
        }
    }

    @Test
    @DisplayName(
            "feeds during writes, rotation and checkpoints: a copy made of the changes is the store, on the crash disk")
    void besideWriters() throws InterruptedException {
        for (EngineKind engine : EngineKind.values()) {
            Path home = CrashDisk.create().root();
            besideWriters(home, SmallStores.options(engine), Reach.VISIBLE);
        }
    }

    @Test
    @DisplayName("the same on the real disk, with a log that is mapped into memory, and only durable changes")
    void besideWritersMapped(@TempDir Path real) throws InterruptedException {
        DurableOptions options = DurableOptions.defaults(EngineKind.BTREE)
                .withLog(new WalOptions(20_000, SegmentAccess.MAPPED))
                .withCheckpointLogBytes(30_000);
        besideWriters(real, options, Reach.DURABLE);
    }

    private static void besideWriters(Path home, DurableOptions options, Reach reach) throws InterruptedException {
        int writers = 3;
        TreeMap<Slice, Slice> copy = new TreeMap<>();
        try (CrashSafeStore store = CrashSafeStore.open(home, options);
                ChangeFeed feed = store.changes(0, HELD.withReach(reach));
                Crew crew = new Crew()) {
            AtomicInteger running = new AtomicInteger(writers);
            AtomicInteger thread = new AtomicInteger();
            crew.start(writers, "writer", () -> {
                int me = thread.getAndIncrement();
                for (int i = 0; i < 400; i++) {
                    WriteBatch batch = new WriteBatch()
                            .put(key(i % 50), Slice.utf8(me + " wrote " + i))
                            .delete(key(50 + i % 7));
                    if (i % 3 == 0) {
                        batch.put(key(50 + me), Slice.utf8("x".repeat(i)));
                    }
                    store.write(batch, i % 20 == 0 ? Durability.SYNCED : Durability.BUFFERED);
                }
                store.write(new WriteBatch().put(key(1000 + me), Slice.EMPTY), Durability.SYNCED);
                running.decrementAndGet();
            });
            crew.start("reader", () -> {
                long next = 1;
                while (running.get() > 0 || feed.sequence() < store.lastSequence()) {
                    Optional<ChangeFeed.Change> change = feed.poll(Duration.ofMillis(50));
                    if (change.isPresent()) {
                        assertThat(change.get().sequence(), is(next));
                        next = change.get().lastSequence() + 1;
                        apply(copy, change.get().batch());
                    }
                }
            });
            crew.join();
            assertThat(copy, is(entries(store)));
            store.checkpoint(); // a reader that was slow has held back all before
            assertThat(store.stats().get(WalMetrics.SEGMENTS_DELETED), is(greaterThan(0L)));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a transaction that begins after a change was returned sees it")
    void transactionsSeeIt(EngineKind engine) throws InterruptedException {
        try (CrashSafeStore store = open(engine);
                ChangeFeed feed = store.changes(0, VISIBLE);
                Transaction older = store.begin(Isolation.SNAPSHOT); // so that the tree keeps versions
                Crew crew = new Crew()) {
            crew.start("writer", () -> {
                for (int i = 1; i <= 1500; i++) {
                    store.put(key(i), Slice.utf8("" + i));
                }
            });
            crew.start("reader", () -> {
                while (feed.sequence() < 1500) {
                    Optional<ChangeFeed.Change> change = feed.poll(Duration.ofMillis(50));
                    if (change.isPresent()) {
                        Slice key = change.get().batch().operations().get(0).key();
                        try (Transaction transaction = store.begin(Isolation.SNAPSHOT)) {
                            assertThat(key.toString(), transaction.get(key).isPresent(), is(true));
                        }
                    }
                }
            });
            crew.join();
            assertThat(older.get(key(1)), is(Optional.empty()));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("what is retained is there after checkpoints and a reopening, and not much more")
    void retained(EngineKind engine) throws IOException {
        long bytes = 10_000;
        DurableOptions options = withoutCheckpoints(engine).withRetainedLogBytes(bytes);
        try (CrashSafeStore store = CrashSafeStore.open(directory, options)) {
            for (int i = 1; i <= 1000; i++) {
                store.put(key(i), Slice.utf8("a value of some length " + i));
            }
            store.checkpoint();
        }
        long size = 0;
        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            for (Path file : files.toList()) {
                size += Files.size(file);
            }
        }
        assertThat("bytes of the log", size, is(both(greaterThan(bytes - 1)).and(lessThan(bytes + 4_000))));
        try (CrashSafeStore store = CrashSafeStore.open(directory, options)) {
            assertThat(store.replayedOperations(), is(0L));
            assertThrows(LogTruncatedException.class, () -> store.changes(0, FeedOptions.defaults()));
            try (ChangeFeed feed = store.changes(920, FeedOptions.defaults())) {
                for (long next = 921; next <= 1000; next++) {
                    assertThat(feed.poll().orElseThrow().sequence(), is(next));
                }
            }
        }
        try (CrashSafeStore store = open(engine)) {
            store.put(key(1), Slice.EMPTY);
            store.checkpoint();
            assertThrows(LogTruncatedException.class, () -> store.changes(920, FeedOptions.defaults()));
        }
    }

    @Test
    @DisplayName("a damaged record is an error, and neither the end nor a shorter history")
    void damage() throws IOException {
        try (CrashSafeStore store = open(EngineKind.BTREE)) {
            for (int i = 0; i < 10; i++) {
                store.put(key(i), Slice.utf8("a value"));
            }
            Path segment = directory.resolve("log").resolve("00000001.wal");
            byte[] bytes = Files.readAllBytes(segment);
            bytes[200] ^= 1;
            Files.write(segment, bytes);
            try (ChangeFeed feed = store.changes(0, VISIBLE)) {
                assertThrows(CorruptionException.class, () -> polled(feed));
            }
        }
    }

    @Test
    @DisplayName("a closed feed is closed, and holds nothing back any more")
    void closed() {
        try (CrashSafeStore store = open(EngineKind.BTREE)) {
            ChangeFeed feed = store.changes(0, HELD);
            for (int i = 0; i < 100; i++) {
                store.put(key(i), Slice.utf8("a value of some length"));
            }
            feed.close();
            feed.close();
            assertThrows(IllegalStateException.class, feed::poll);
            store.checkpoint();
            assertThat(store.stats().get(WalMetrics.SEGMENTS_DELETED), is(greaterThan(0L)));
        }
        assertThat("open files", disk.openFiles(), is(0));
    }
}

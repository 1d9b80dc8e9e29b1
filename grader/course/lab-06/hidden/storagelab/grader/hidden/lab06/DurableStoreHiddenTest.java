package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.CorruptionException;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.disk.SurvivalMode;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineKind;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.SnapshotSubject;
import storagelab.testkit.Step;
import storagelab.testkit.recovery.SmallStores;
import storagelab.wal.WalMetrics;

/** Exercise 6.6: a store over either engine: opened, written to, killed, cut, and closed. */
@Tag("6.6")
class DurableStoreHiddenTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path directory = disk.root().resolve("store");

    private static DurableOptions seldom(EngineKind engine) {
        return SmallStores.options(engine).withCheckpointLogBytes(1 << 20);
    }

    private static Slice key(int number) {
        return Slice.utf8("key %05d".formatted(number));
    }

    /** What a kill of the process leaves of the store. */
    private Path afterKill() {
        return disk.afterCrash(SurvivalMode.EVERYTHING, 0).root().resolve("store");
    }

    private static void fill(DurableStore store, int from, int to) {
        for (int i = from; i < to; i++) {
            store.put(key(i), Slice.utf8("value " + i));
        }
    }

    private static void assertHas(DurableStore store, int count, String when) {
        for (int i = 0; i < count; i++) {
            assertEquals(Optional.of(Slice.utf8("value " + i)), store.get(key(i)), "key " + i + " " + when);
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a killed process loses no BUFFERED write, and a closed store has nothing to apply again")
    void killed(EngineKind engine) {
        DurableStore store = DurableStore.open(directory, seldom(engine));
        fill(store, 0, 150);
        Path left = afterKill();
        Step.at("opening the store of a killed process");
        try (DurableStore again = DurableStore.open(left, seldom(engine))) {
            assertHas(again, 150, "after a kill");
            assertEquals(150, again.lastSequence(), "last sequence after a kill");
            fill(again, 150, 160);
        }
        try (DurableStore closed = DurableStore.open(left, seldom(engine))) {
            assertEquals(0, closed.replayedOperations(), "operations that were applied again after closing");
            assertHas(closed, 160, "after closing");
        }
        store.close();
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a commit returns the sequence of its last operation")
    void sequences(EngineKind engine) {
        try (DurableStore store = DurableStore.open(directory, seldom(engine))) {
            WriteBatch three = put(0).put(key(1), Slice.EMPTY).delete(key(0));
            assertEquals(3, store.commit(three, Durability.BUFFERED), "sequence of a batch of three operations");
            assertEquals(3, store.commit(new WriteBatch(), Durability.BUFFERED), "sequence of an empty batch after it");
            assertEquals(4, store.commit(put(2), Durability.SYNCED), "sequence of a put after them");
            assertEquals(4, store.lastSequence(), "last sequence that a get can see");
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("checkpoints are made as bytes are written, and cut the log")
    void checkpoints(EngineKind engine) {
        try (DurableStore store =
                DurableStore.open(directory, SmallStores.options(engine).withCheckpointLogBytes(4_000))) {
            for (int i = 0; i < 2_000 && store.stats().get(WalMetrics.SEGMENTS_DELETED) == 0; i++) {
                fill(store, i, i + 1);
            }
            Eventually.holds(
                    "segments are deleted after many times 4,000 bytes",
                    () -> store.stats().get(WalMetrics.SEGMENTS_DELETED) > 0);
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "a batch that the engine does not take is not in the log: nothing has changed, and the store can be opened")
    void checked(EngineKind engine) {
        Slice tooLong = Slice.wrap(new byte[5_000]);
        DurableStore store = DurableStore.open(directory, seldom(engine));
        fill(store, 0, 3);
        long records = store.stats().get(WalMetrics.RECORDS);
        if (engine == EngineKind.BTREE) {
            WriteBatch batch = new WriteBatch().put(key(7), Slice.EMPTY).put(tooLong, Slice.EMPTY);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> store.write(batch, Durability.BUFFERED),
                    "a write with a key that is too long");
            assertEquals(records, store.stats().get(WalMetrics.RECORDS), "records in the log after a refused write");
            assertEquals(Optional.empty(), store.get(key(7)), "a key of a refused batch");
        }
        fill(store, 3, 5);
        Path left = afterKill();
        Step.at("opening a store after a refused write");
        try (DurableStore again = DurableStore.open(left, seldom(engine))) {
            assertHas(again, 5, "after a kill");
        }
        store.close();
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("when a checkpoint has failed, writes are refused, reads go on, and close makes no other one")
    void failedCheckpoint(EngineKind engine) {
        DurableStore store = DurableStore.open(directory, seldom(engine));
        fill(store, 0, 5);
        store.write(put(5), Durability.SYNCED);
        disk.faults().failFrom(DiskCall.SYNC, 1);
        assertThrows(StorageException.class, store::checkpoint, "a checkpoint whose syncs fail");
        disk.faults().clear();
        long records = store.stats().get(WalMetrics.RECORDS);
        StoreFailedException refused = assertThrows(
                StoreFailedException.class, () -> fill(store, 6, 7), "a write after a checkpoint that has failed");
        assertTrue(refused.getCause() != null, "the refused write does not say what has failed");
        assertEquals(records, store.stats().get(WalMetrics.RECORDS), "records in the log after a refused write");
        assertHas(store, 6, "after a checkpoint that has failed");
        Step.at("close after a checkpoint that has failed");
        store.close();
        assertEquals(0, disk.openFiles(), "open files after close");
        try (DurableStore again = DurableStore.open(directory, seldom(engine))) {
            assertHas(again, 6, "after opening again");
            fill(again, 6, 8);
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("close closes everything, twice does nothing, and writes are refused then")
    void closes(EngineKind engine) {
        DurableStore store = DurableStore.open(directory, seldom(engine));
        fill(store, 0, 5);
        store.close();
        Step.at("close, a second time");
        store.close();
        assertEquals(0, disk.openFiles(), "open files after close");
        assertThrows(StoreClosedException.class, () -> fill(store, 5, 6), "a write after close");
        Step.at("opening a store that was closed");
        try (DurableStore again = DurableStore.open(directory, seldom(engine))) {
            assertEquals(0, again.replayedOperations(), "operations that were applied again after closing");
            assertHas(again, 5, "after closing");
        }
    }

    private int segments() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            return (int) files.count();
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("close makes a last checkpoint: a log of several segments is cut to its last one")
    void lastCheckpoint(EngineKind engine) throws IOException {
        DurableStore store = DurableStore.open(directory, seldom(engine));
        for (int i = 0; i < 1_000 && segments() < 4; i++) {
            fill(store, i, i + 1);
        }
        assertTrue(segments() >= 4, "a log without checkpoints has " + segments() + " segments");
        store.close();
        assertEquals(1, segments(), "segments of the log of a closed store");
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("close waits for the commits that have begun, and refuses those that come then")
    void closesWhileACommitIsSynced(EngineKind engine) throws InterruptedException {
        DurableStore store = DurableStore.open(directory, seldom(engine));
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        try (Crew crew = new Crew();
                Hold sync = disk.faults().hold(DiskCall.SYNC, ".wal")) {
            crew.start("begun", () -> store.write(put(0), Durability.SYNCED));
            Eventually.holds("a sync is under way", () -> sync.waiting() == 1);
            Eventually.waits(crew.start("close", store::close));
            crew.start("late", () -> {
                try {
                    store.write(put(1), Durability.BUFFERED);
                } catch (StoreClosedException e) {
                    refused.add(e);
                }
            });
            Eventually.holds("a write is refused while close waits for another one", () -> refused.size() == 1);
            sync.close();
            crew.join();
        }
        try (DurableStore again = DurableStore.open(directory, seldom(engine))) {
            assertHas(again, 1, "whose commit had begun when the store was closed");
            assertEquals(1, again.lastSequence(), "last sequence, where a second write was refused");
        }
    }

    private static WriteBatch put(int number) {
        return new WriteBatch().put(key(number), Slice.utf8("value " + number));
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a store that cannot be opened is not left open: files and lock are free for the next attempt")
    void failedOpening(EngineKind engine) throws IOException {
        try (DurableStore store = DurableStore.open(directory, seldom(engine))) {
            fill(store, 0, 5);
        }
        Path log = directory.resolve("log");
        List<Path> segments = new ArrayList<>();
        try (Stream<Path> files = Files.list(log)) {
            files.forEach(segments::add);
        }
        Path segment = segments.get(0);
        byte[] content = Files.readAllBytes(segment);
        Files.delete(segment);
        for (int i = 0; i < 2; i++) {
            Step.at("opening a store whose log is gone, attempt " + (i + 1));
            assertThrows(
                    CorruptionException.class,
                    () -> DurableStore.open(directory, seldom(engine)),
                    "opening a store whose log is gone");
            assertEquals(0, disk.openFiles(), "open files after an opening that has failed");
        }
        Files.write(segment, content);
        try (DurableStore again = DurableStore.open(directory, seldom(engine))) {
            assertHas(again, 5, "when the log is back");
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("the publisher is made of the recovered engine, and gets the commits that come after it, in order")
    void publisher(EngineKind engine) {
        DurableStore first = DurableStore.open(directory, seldom(engine));
        fill(first, 0, 5);
        Path left = afterKill();
        List<Long> published = new ArrayList<>();
        try (DurableStore again = DurableStore.open(left, seldom(engine), operations -> {}, opened -> {
            published.add(-opened.lastSequence());
            return (sequence, batch) -> {
                published.add(sequence);
                opened.apply(sequence, batch);
            };
        })) {
            fill(again, 5, 8);
            assertHas(again, 8, "that came before and after the kill");
        }
        assertEquals(
                List.of(-5L, 6L, 7L, 8L),
                published,
                "the sequence of the engine when the publisher was made (negative), and what was published");
        first.close();
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("whenever the power is cut while a store is created, it can be created again")
    void createdUnderCrashes(EngineKind engine) throws Exception {
        CrashReport report = CrashExplorer.explore(
                CrashExplorerOptions.defaults(),
                crashing -> {
                    try (DurableStore store = DurableStore.open(crashing.root().resolve("store"), seldom(engine))) {
                        crashing.ack("created");
                        fill(store, 0, 1);
                    }
                },
                crash -> {
                    try (DurableStore store = DurableStore.open(crash.root().resolve("store"), seldom(engine))) {
                        fill(store, 0, 2);
                        assertHas(store, 2, "of a store whose creation was interrupted");
                    }
                });
        assertTrue(report.images() > 20, "too few crashes were tried: " + report);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("whenever the power is cut, every SYNCED write is there and a prefix of the others, batches whole")
    void everyCrash(EngineKind engine) {
        DurableOptions options = SmallStores.options(engine).withCheckpointLogBytes(900);
        CrashTrial.check(new SnapshotSubject<>(at -> DurableStore.open(at, options), store -> {}), 1);
    }
}

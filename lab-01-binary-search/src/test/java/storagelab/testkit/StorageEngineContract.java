package storagelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.SequenceNumber;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.testkit.NumberedOperations.Numbered;

/** What every {@link StorageEngine} promises to the owner of a log outside of it. */
public interface StorageEngineContract {
    /** Opens the engine in {@code directory}, on a disk that may crash: empty, or what an earlier engine left there. */
    StorageEngine open(Path directory);

    @Test
    @DisplayName("each operation has a sequence, those of a batch one after the other; an empty batch has none")
    default void numbersOperations() {
        try (StorageEngine engine = open(CrashDisk.create().root())) {
            assertEquals(0, engine.lastSequence(), "lastSequence of an empty engine");
            assertEquals(0, engine.durableSequence(), "durableSequence of an empty engine");
            engine.put(text("a"), text("1"));
            assertEquals(1, engine.lastSequence(), "lastSequence after a put");
            engine.write(new WriteBatch().put(text("b"), text("2")).delete(text("x")), Durability.BUFFERED);
            assertEquals(3, engine.lastSequence(), "lastSequence after a batch of two operations");
            engine.write(new WriteBatch(), Durability.BUFFERED);
            engine.apply(9, new WriteBatch());
            assertEquals(3, engine.lastSequence(), "lastSequence after empty batches");
            engine.delete(text("nothing"));
            assertEquals(4, engine.lastSequence(), "lastSequence after the delete of a key that is not there");
        }
    }

    @Test
    @DisplayName("a batch is applied at the sequence that is asked for, with a gap before it; write goes on after it")
    default void appliesAtASequence() {
        try (StorageEngine engine = open(CrashDisk.create().root())) {
            engine.apply(10, new WriteBatch().put(text("a"), text("1")).put(text("b"), text("2")));
            assertEquals(11, engine.lastSequence(), "lastSequence after two operations at 10");
            engine.put(text("c"), text("3"));
            assertEquals(12, engine.lastSequence(), "lastSequence after a put that follows");
            assertEquals(Optional.of(text("1")), engine.get(text("a")), "get(a)");
            assertEquals(Optional.of(text("3")), engine.get(text("c")), "get(c)");
        }
    }

    @Test
    @DisplayName("a sequence that is not greater than the last one, or leaves the range, is refused; nothing changes")
    default void refusesOldSequences() {
        try (StorageEngine engine = open(CrashDisk.create().root())) {
            engine.apply(10, new WriteBatch().put(text("a"), text("1")));
            WriteBatch two = new WriteBatch().put(text("a"), text("2")).put(text("b"), text("2"));
            for (long sequence : new long[] {-1, 0, 9, 10, SequenceNumber.MAX, Long.MAX_VALUE}) {
                assertThrows(IllegalArgumentException.class, () -> engine.apply(sequence, two), "two at " + sequence);
            }
            assertEquals(10, engine.lastSequence(), "lastSequence after batches that were refused");
            assertEquals(Optional.of(text("1")), engine.get(text("a")), "get(a) after batches that were refused");
            assertEquals(Optional.empty(), engine.get(text("b")), "get(b) after batches that were refused");
            engine.apply(SequenceNumber.MAX - 1, two);
            assertEquals(SequenceNumber.MAX, engine.lastSequence(), "lastSequence after the last two there are");
        }
    }

    @Test
    @DisplayName(
            "after a checkpoint everything is durable, also when nothing but the sequence is new; it stays after closing")
    default void checkpointMakesDurable() {
        CrashDisk disk = CrashDisk.create();
        try (StorageEngine engine = open(disk.root())) {
            engine.apply(5, new WriteBatch().put(text("a"), text("1")));
            engine.checkpoint();
            assertEquals(5, engine.durableSequence(), "durableSequence after a checkpoint");
            engine.checkpoint();
            assertEquals(5, engine.durableSequence(), "durableSequence after a second one");
            engine.apply(8, new WriteBatch().delete(text("nothing")));
            engine.checkpoint();
            assertEquals(8, engine.durableSequence(), "durableSequence after the delete of nothing, and a checkpoint");
            engine.write(new WriteBatch().put(text("b"), text("2")), Durability.SYNCED);
            assertEquals(9, engine.durableSequence(), "durableSequence after a SYNCED write");
            engine.apply(20, new WriteBatch().put(text("c"), text("3")));
        }
        try (StorageEngine engine =
                open(disk.afterCrash(SurvivalMode.NOTHING, 0).root())) {
            assertEquals(20, engine.lastSequence(), "lastSequence after closing and opening");
            assertEquals(20, engine.durableSequence(), "durableSequence after closing and opening");
            assertEquals(Optional.of(text("3")), engine.get(text("c")), "get(c) after closing and opening");
        }
    }

    @Test
    @DisplayName("a crash keeps what is durable and whole batches of the rest; applied again, the rest is as it was")
    default void crashAndReplay() {
        Seeds.check(20, random -> {
            NumberedOperations all = new NumberedOperations(random, 60, 100);
            CrashDisk disk = CrashDisk.create();
            StorageEngine engine = open(disk.root());
            int checkpoints = random.nextInt(3);
            for (Numbered numbered : all.batches()) {
                engine.apply(numbered.sequence(), numbered.batch());
                if (checkpoints > 0 && random.nextInt(20) == 0) {
                    engine.checkpoint();
                    checkpoints--;
                }
            }
            for (SurvivalMode mode : SurvivalMode.values()) {
                long durable = engine.durableSequence();
                try (StorageEngine reopened =
                        open(disk.afterCrash(mode, random.nextLong()).root())) {
                    long last = reopened.lastSequence();
                    String what = "after a crash that leaves " + mode + ", ";
                    assertTrue(last >= durable, what + "it ends at " + last + ", and " + durable + " was durable");
                    assertTrue(all.isEndOfABatch(last), what + "it ends at " + last + ", inside of a batch");
                    assertEquals(last, reopened.durableSequence(), what + "durableSequence");
                    assertState(all, last, reopened, what);
                    all.applyAfter(last, reopened);
                    assertState(all, Long.MAX_VALUE, reopened, what + "and with the rest applied again,");
                }
            }
            engine.close();
        });
    }

    @Test
    @DisplayName("a snapshot has exactly what its sequence says, and whole batches, while a writer and checkpoints run")
    default void snapshotsSayTheirSequence() throws InterruptedException {
        NumberedOperations all = new NumberedOperations(new Random(7), 400, 50);
        try (StorageEngine engine = open(CrashDisk.create().root());
                Crew crew = new Crew()) {
            crew.start("writer", () -> all.applyAfter(0, engine));
            crew.start("checkpoints", () -> {
                while (engine.lastSequence() < 300 && !crew.hasFailed()) {
                    engine.checkpoint();
                }
            });
            crew.start(2, "reader", () -> {
                for (int i = 0; i < 60; i++) {
                    try (EngineSnapshot snapshot = engine.snapshot()) {
                        long sequence = snapshot.sequence();
                        assertTrue(all.isEndOfABatch(sequence), "a snapshot at " + sequence + ", inside of a batch");
                        assertEquals(
                                all.at(sequence), NumberedOperations.entries(snapshot), "a snapshot at " + sequence);
                    }
                }
            });
            crew.join();
            assertState(all, Long.MAX_VALUE, engine, "when all is written, ");
        }
    }

    @Test
    @DisplayName("a closed engine takes no batch and makes no checkpoint")
    default void closed() {
        StorageEngine engine = open(CrashDisk.create().root());
        engine.close();
        WriteBatch batch = new WriteBatch().put(text("a"), text("1"));
        assertThrows(StoreClosedException.class, () -> engine.apply(1, batch), "apply");
        assertThrows(StoreClosedException.class, engine::checkpoint, "checkpoint");
        assertThrows(StoreClosedException.class, engine::snapshot, "snapshot");
    }

    private static void assertState(NumberedOperations all, long sequence, StorageEngine engine, String what) {
        NavigableMap<Slice, Slice> expected = all.at(sequence);
        try (EngineSnapshot snapshot = engine.snapshot()) {
            assertEquals(expected, NumberedOperations.entries(snapshot), what + " entries");
            assertEquals(engine.lastSequence(), snapshot.sequence(), what + " sequence of a snapshot");
        }
        for (int i = 0; i < 12; i++) {
            Slice key = text("key " + i);
            assertEquals(Optional.ofNullable(expected.get(key)), engine.get(key), what + " get of " + key);
        }
    }

    private static Slice text(String text) {
        return Slice.utf8(text);
    }
}

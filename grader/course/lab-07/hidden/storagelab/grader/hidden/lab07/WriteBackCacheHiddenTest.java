package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.SequenceNumber;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;
import storagelab.testkit.Crew;
import storagelab.writeback.WriteBackCache;
import storagelab.writeback.WriteBackMetrics;

/** Exercise 7.4: what a cache holds, what it gives its engine, and in which order. */
@Tag("7.4")
class WriteBackCacheHiddenTest extends CacheOverScriptedEngine {
    @Test
    @DisplayName("of five operations on three keys the engine gets three, in one batch, in the order of the keys")
    void savesWrites() {
        WriteBackCache cache = open(LARGE);
        apply(cache, "c=1");
        apply(cache, "a=1");
        apply(cache, "b=1");
        apply(cache, "a=2 b-");
        assertEquals(List.of(), engine.taken(), "what the engine has before a flush");
        assertEquals("a=2 c=1", entries(cache), "the entries of the cache");
        assertEquals(2L, cache.stats().get(WriteBackMetrics.WRITES_SAVED), "operations saved");
        cache.checkpoint();
        assertEquals(List.of("a=2 b- c=1"), engine.taken(), "what the engine was given");
        assertEquals(1L, cache.stats().get(WriteBackMetrics.BATCHES), "batches");
        assertEquals(3L, cache.stats().get(WriteBackMetrics.WRITES_APPLIED), "operations applied");
        assertEquals(1L, cache.stats().get(WriteBackMetrics.FLUSHES), "flushes");
        assertEquals(5L, cache.durableSequence(), "the durable sequence");
        assertEquals(1, engine.checkpoints(), "checkpoints of the engine");
        assertEquals(0L, dirtyBytes(cache), "dirty bytes after a checkpoint");
        assertEquals(4L, cache.stats().get(Metric.WRITES), "batches that were applied to the cache");
        assertEquals(9L, cache.stats().get(Metric.BYTES_IN), "bytes of their keys and values");
        cache.verify();
    }

    @Test
    @DisplayName("a dirty key is answered from memory, deleted or not; another one by the engine")
    void reads() {
        WriteBackCache cache = open(LARGE);
        apply(cache, "a=1 b=1 c=1");
        cache.checkpoint();
        apply(cache, "b=2 c-");
        assertEquals("1", get(cache, "a"), "a, which only the engine has");
        assertEquals("2", get(cache, "b"), "b, which is newer in the cache");
        assertEquals("nothing", get(cache, "c"), "c, which was deleted in the cache");
        assertEquals("nothing", get(cache, "d"), "d, which nobody has");
        assertEquals("a=1 b=2", entries(cache), "the entries");
        assertEquals(4L, cache.stats().get(Metric.GETS), "gets");
    }

    @Test
    @DisplayName("a batch of a flush ends with the operation that makes it large enough, and no key is left out")
    void batches() {
        WriteBackCache cache = open(LARGE.withBatchBytes(4));
        apply(cache, "a=1 b=1 c=1 d- e=12345 f-");
        cache.checkpoint();
        assertEquals(List.of("a=1 b=1", "c=1 d- e=12345", "f-"), engine.taken(), "batches of at least 4 bytes");
        assertEquals(6L, engine.lastSequence(), "the engine's sequence");
    }

    @Test
    @DisplayName("operations are counted one by one; a sequence may leave a gap, and may not go back")
    void sequences() {
        WriteBackCache cache = open(LARGE);
        cache.apply(8, batch("a=1 b=1"));
        assertEquals(9L, cache.lastSequence(), "the last sequence after two operations at 8");
        assertThrows(IllegalArgumentException.class, () -> cache.apply(9, batch("a=2")));
        assertThrows(IllegalArgumentException.class, () -> cache.apply(SequenceNumber.MAX, batch("a=2 b=2")));
        assertEquals("a=1 b=1", entries(cache), "the entries after batches that were refused");
        cache.apply(12, new WriteBatch());
        assertEquals(9L, cache.lastSequence(), "the last sequence after an empty batch");
        cache.apply(20, batch("b-"));
        assertEquals(20L, cache.lastSequence(), "the last sequence after a gap");
        cache.checkpoint();
        assertEquals(20L, cache.durableSequence(), "the durable sequence");
        cache.apply(SequenceNumber.MAX - 1, batch("y=1 z=1"));
        assertEquals(SequenceNumber.MAX, cache.lastSequence(), "the last sequence after the last two there are");
    }

    @Test
    @DisplayName("what the engine does not accept is refused by check and by apply, and changes nothing")
    void engineChecks() {
        WriteBackCache cache = open(LARGE);
        engine.beforeCheck(batch -> {
            if (ScriptedEngine.text(batch).contains("long")) {
                throw new IllegalArgumentException("a key that is too long");
            }
        });
        assertThrows(IllegalArgumentException.class, () -> cache.check(batch("long=1")));
        assertThrows(IllegalArgumentException.class, () -> cache.apply(1, batch("a=1 long=1")));
        assertEquals("", entries(cache), "the entries");
        assertEquals(0L, cache.lastSequence(), "the last sequence");
    }

    @Test
    @DisplayName("the log is synced before the engine is given anything, by a flush and on close")
    void logFirst() {
        WriteBackCache cache = open(LARGE.withBatchBytes(1));
        List<String> calls = new ArrayList<>();
        engine.beforeApply(batch -> calls.add(ScriptedEngine.text(batch)));
        cache.useLog(() -> calls.add("sync"));
        apply(cache, "a=1 b=1");
        cache.checkpoint();
        assertEquals(List.of("sync", "a=1", "b=1"), calls, "the calls of a checkpoint");
        calls.clear();
        apply(cache, "c=1");
        cache.close();
        assertTrue(
                calls.indexOf("sync") == 0 && calls.contains("c=1"),
                "on close the log is synced, and then the engine gets c=1; the calls were " + calls);
    }

    @Test
    @DisplayName("if the log cannot be synced, the engine is given nothing, and is closed all the same")
    void logFails() {
        WriteBackCache cache = open(LARGE);
        cache.useLog(() -> {
            throw new StorageIoException("syncing the log", new IOException("no disk"));
        });
        apply(cache, "a=1");
        assertThrows(StorageIoException.class, cache::checkpoint);
        assertEquals(List.of(), engine.taken(), "what the engine has after a checkpoint that failed");
        assertEquals("1", get(cache, "a"), "a after a checkpoint that failed");
        cache.close();
        assertEquals(List.of(), engine.taken(), "what the engine has after the cache was closed");
        assertTrue(engine.isClosed(), "the engine is open after the cache was closed");
        assertEquals(0L, cache.durableSequence(), "the durable sequence");
    }

    @Test
    @DisplayName("a flush that fails is tried again from the batch that was not taken, before anything newer")
    void triedAgain() {
        WriteBackCache cache = open(LARGE.withBatchBytes(1));
        apply(cache, "a=1 b=1 c=1");
        engine.beforeApply(batch -> {
            if (ScriptedEngine.text(batch).equals("b=1")) {
                throw new StorageIoException("writing a page", new IOException("no space left"));
            }
        });
        assertThrows(StorageIoException.class, cache::checkpoint);
        assertEquals(List.of("a=1"), engine.taken(), "what the engine took before it failed");
        assertThrows(StorageIoException.class, cache::checkpoint);
        assertEquals(0L, cache.durableSequence(), "the durable sequence after two failures");
        apply(cache, "a=2 c=2");
        assertEquals("1", get(cache, "b"), "b, which is in the set that was not flushed");
        assertEquals("a=2 b=1 c=2", entries(cache), "the entries after a failure and newer operations");
        assertEquals("2", get(cache, "c"), "c, which is in both sets");
        assertThrows(StorageIoException.class, cache::checkpoint);
        assertEquals(0L, cache.durableSequence(), "the durable sequence after three failures");
        engine.behave();
        cache.checkpoint();
        assertEquals(
                List.of("a=1", "b=1", "c=1", "a=2", "c=2"), engine.taken(), "what the engine was given in the end");
        assertEquals(5L, cache.durableSequence(), "the durable sequence");
        assertEquals(2L, cache.stats().get(WriteBackMetrics.FLUSHES), "flushes");
    }

    @Test
    @DisplayName("operations that come in the middle of a flush are not said to be durable")
    void inTheMiddleOfAFlush() {
        WriteBackCache cache = open(LARGE);
        apply(cache, "a=1");
        AtomicInteger more = new AtomicInteger();
        engine.beforeApply(batch -> {
            if (more.getAndIncrement() == 0) {
                apply(cache, "b=1");
                assertEquals("a=1 b=1", entries(cache), "the entries in the middle of a flush");
            }
        });
        cache.checkpoint();
        assertEquals(1L, cache.durableSequence(), "the durable sequence, when b came after the set was sealed");
        engine.behave();
        engine.beforeCheckpoint(() -> {
            if (more.getAndIncrement() == 1) {
                apply(cache, "c=1");
            }
        });
        cache.checkpoint();
        assertEquals(2L, cache.durableSequence(), "the durable sequence, when c came with the engine's checkpoint");
        assertEquals("a=1 b=1 c=1", entries(cache), "the entries");
    }

    @Test
    @DisplayName("a snapshot stays as it was: newer values, deletions, new keys and flushes do not show in it")
    void snapshot() {
        WriteBackCache cache = open(LARGE);
        apply(cache, "a=1 b=1 c=1");
        cache.checkpoint();
        apply(cache, "b=2 d=2");
        EngineSnapshot then = cache.snapshot();
        apply(cache, "a=3 b=3 c- d- e=3");
        apply(cache, "b=4 a=4");
        assertEquals("a=1 b=2 c=1 d=2", entries(then.cursor(KeyRange.all())), "a snapshot after newer operations");
        assertEquals(Optional.of(text("2")), then.get(text("b")), "b in the snapshot");
        assertEquals(Optional.of(text("1")), then.get(text("a")), "a in the snapshot");
        assertEquals(Optional.empty(), then.get(text("e")), "e in the snapshot");
        assertEquals(5L, then.sequence(), "the sequence of the snapshot");
        cache.checkpoint();
        assertEquals("a=1 b=2 c=1 d=2", entries(then.cursor(KeyRange.all())), "a snapshot after a flush");
        assertEquals("a=4 b=4 e=3", entries(cache), "the cache");
        then.close();
        assertThrows(IllegalStateException.class, () -> then.get(text("a")));
        assertThrows(IllegalStateException.class, () -> then.cursor(KeyRange.all()));
    }

    @Test
    @DisplayName("several snapshots of one key each see their own version; a cursor outlives its snapshot")
    void snapshots() {
        WriteBackCache cache = open(LARGE);
        List<EngineSnapshot> snapshots = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            apply(cache, "a=" + i);
            apply(cache, "a=" + i * 10);
            snapshots.add(cache.snapshot());
        }
        apply(cache, "a-");
        for (int i = 1; i <= 5; i++) {
            assertEquals(
                    Optional.of(text(Integer.toString(i * 10))),
                    snapshots.get(i - 1).get(text("a")),
                    "a in snapshot " + i);
        }
        Cursor cursor = snapshots.get(2).cursor(KeyRange.all());
        snapshots.forEach(EngineSnapshot::close);
        apply(cache, "a=99");
        apply(cache, "b=99");
        assertEquals("a=30", entries(cursor), "a cursor of the third snapshot, after all snapshots are closed");
    }

    @Test
    @DisplayName("a set that is sealed between the state and the engine's snapshot: both are taken again")
    void snapshotBesideAFlush() {
        WriteBackCache cache = open(LARGE);
        apply(cache, "x=1 y=1");
        cache.checkpoint();
        apply(cache, "y=2");
        AtomicInteger calls = new AtomicInteger();
        engine.beforeSnapshot(() -> {
            if (calls.getAndIncrement() == 0) {
                apply(cache, "x=3 y=3");
                cache.checkpoint();
            }
        });
        try (EngineSnapshot now = cache.snapshot()) {
            assertEquals("x=3 y=3", entries(now.cursor(KeyRange.all())), "a snapshot taken beside a flush");
            assertEquals(cache.lastSequence(), now.sequence(), "its sequence");
        }
        assertEquals(2, calls.get(), "snapshots that were taken of the engine");
        assertEquals(0, engine.openSnapshots(), "snapshots of the engine that are still open");
    }

    @Test
    @DisplayName("an operation between the state and the engine's snapshot does not show, and takes nothing from it")
    void snapshotBesideAWrite() {
        WriteBackCache cache = open(LARGE);
        apply(cache, "x=1 y=1");
        engine.beforeSnapshot(() -> apply(cache, "x=2 z=2"));
        try (EngineSnapshot now = cache.snapshot()) {
            assertEquals("x=1 y=1", entries(now.cursor(KeyRange.all())), "a snapshot taken beside a write");
            assertEquals(2L, now.sequence(), "its sequence");
        }
        engine.behave();
    }

    @Test
    @DisplayName("only what a snapshot may read is kept: a key that changes a hundred times takes one place, or two")
    void versions() {
        WriteBackCache cache = open(LARGE);
        apply(cache, "a=000");
        long one = dirtyBytes(cache);
        for (int i = 0; i < 100; i++) {
            apply(cache, "a=%03d".formatted(i));
        }
        assertEquals(one, dirtyBytes(cache), "dirty bytes after 100 changes");
        apply(cache, "a=00000");
        assertEquals(one + 2, dirtyBytes(cache), "dirty bytes with a value of two bytes more");
        EngineSnapshot then = cache.snapshot();
        apply(cache, "a=000");
        long two = dirtyBytes(cache);
        assertTrue(two > one + 2 + 3, "a snapshot reads the value before, which takes no place: " + two + " bytes");
        for (int i = 0; i < 100; i++) {
            apply(cache, "a=%03d".formatted(i));
        }
        assertEquals(two, dirtyBytes(cache), "dirty bytes after 100 changes with a snapshot");
        then.close();
        apply(cache, "a=000");
        assertEquals(one, dirtyBytes(cache), "dirty bytes when the snapshot is closed and the key written again");
        engine.beforeSnapshot(() -> {
            throw new StorageIoException("taking a snapshot", new IOException("no handles left"));
        });
        assertThrows(StorageIoException.class, cache::snapshot);
        apply(cache, "a=001");
        assertEquals(one, dirtyBytes(cache), "dirty bytes after a snapshot that failed");
        apply(cache, "a-");
        assertEquals(one - 3, dirtyBytes(cache), "dirty bytes when the key is deleted");
        cache.verify();
    }

    @Test
    @DisplayName("a batch of many operations is seen as a whole, or not at all")
    void wholeBatches() throws InterruptedException {
        WriteBackCache cache = open(LARGE);
        int keys = 2_000;
        AtomicBoolean isReading = new AtomicBoolean(true);
        cache.apply(1, all(keys, 0));
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                for (int i = 1; isReading.get() && !crew.hasFailed(); i++) {
                    cache.apply(cache.lastSequence() + 1, all(keys, i));
                }
            });
            crew.start("reader", () -> {
                try {
                    for (int i = 0; i < 20_000; i++) {
                        int first = Integer.parseInt(get(cache, "key0"));
                        int last = Integer.parseInt(get(cache, "key" + (keys - 1)));
                        assertTrue(
                                first <= last,
                                "the first key was read from batch " + first + ", and then the last one from batch "
                                        + last);
                    }
                } finally {
                    isReading.set(false);
                }
            });
            crew.join();
        }
    }

    private static WriteBatch all(int keys, int value) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < keys; i++) {
            batch.put(text("key" + i), text(Integer.toString(value)));
        }
        return batch;
    }

    @Test
    @DisplayName("a write that is to be durable is so when it returns; a buffered one waits for a checkpoint")
    void durability() {
        WriteBackCache cache = open(LARGE);
        cache.write(batch("a=1"), Durability.BUFFERED);
        assertEquals(0L, cache.durableSequence(), "the durable sequence after a buffered write");
        cache.write(batch("b=1"), Durability.SYNCED);
        assertEquals(2L, cache.durableSequence(), "the durable sequence after a synced write");
        assertEquals(List.of("a=1 b=1"), engine.taken(), "what the engine was given");
    }

    @Test
    @DisplayName(
            "close flushes, makes a checkpoint and closes the engine, also if the engine refuses; closing twice does nothing")
    void closed() {
        WriteBackCache cache = open(LARGE);
        apply(cache, "a=1");
        cache.close();
        cache.close();
        assertEquals(List.of("a=1"), engine.taken(), "what the engine was given on close");
        assertEquals(1L, cache.durableSequence(), "the durable sequence after close");
        assertTrue(engine.isClosed(), "the engine is open after the cache was closed");
        assertThrows(StoreClosedException.class, () -> cache.get(text("a")));
        assertThrows(StoreClosedException.class, () -> cache.apply(2, batch("a=2")));
        assertThrows(StoreClosedException.class, cache::snapshot);
        assertThrows(StoreClosedException.class, cache::checkpoint);
    }

    @Test
    @DisplayName("an engine that refuses on close is closed all the same, and what it throws propagates")
    void closeFails() {
        WriteBackCache cache = open(LARGE);
        apply(cache, "a=1");
        engine.beforeApply(batch -> {
            throw new StorageIoException("writing a page", new IOException("no space left"));
        });
        assertThrows(StorageIoException.class, cache::close);
        assertTrue(engine.isClosed(), "the engine is open after the cache was closed");
        assertEquals(0L, cache.durableSequence(), "the durable sequence");
    }
}

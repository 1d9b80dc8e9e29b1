package storagelab.writeback;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Crew;
import storagelab.testkit.kv.MapEngine;
import storagelab.testkit.writeback.OneEngine;

/** When a cache writes to its engine, in which order, and what it does when the engine does not take it. */
@Tag("7.4")
@Timeout(300)
class WriteBackCacheTest {
    private static final WriteBackOptions LARGE = WriteBackOptions.defaults();
    private static final WriteBackOptions SMALL = new WriteBackOptions(
            10 * DirtySet.ENTRY_BYTES, 5 * DirtySet.ENTRY_BYTES, 20, Duration.ofMinutes(10), Duration.ofMillis(1));

    private final Path directory = CrashDisk.create().root();
    private final MapEngine engine = new MapEngine();
    private final List<WriteBackCache> opened = new ArrayList<>();

    private WriteBackCache open(WriteBackOptions options) {
        DurableOptions unused = DurableOptions.defaults(EngineKind.BTREE);
        WriteBackCache cache =
                new WriteBackCache(CheckpointedEngine.open(directory, new OneEngine(engine), unused), options);
        opened.add(cache);
        return cache;
    }

    @AfterEach
    void close() {
        engine.tell(call -> {});
        opened.forEach(WriteBackCache::close);
    }

    private static Slice text(String text) {
        return Slice.utf8(text);
    }

    private static void put(WriteBackCache cache, String key, String value) {
        WriteBatch batch = new WriteBatch().put(text(key), text(value));
        cache.check(batch);
        cache.apply(cache.lastSequence() + 1, batch);
    }

    private static List<String> entries(Cursor cursor) {
        List<String> all = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            all.add(cursor.key() + "=" + cursor.value());
        }
        List<String> backward = new ArrayList<>();
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            backward.add(cursor.key() + "=" + cursor.value());
        }
        Collections.reverse(backward);
        assertThat("entries backward", backward, is(all));
        return all;
    }

    @Test
    @DisplayName("the example: five operations on three keys cost the engine one batch of three, in key order")
    void example() {
        WriteBackCache cache = open(LARGE);
        put(cache, "a", "1");
        put(cache, "b", "1");
        put(cache, "a", "2");
        put(cache, "c", "1");
        cache.apply(5, new WriteBatch().delete(text("b")));
        assertThat(engine.lastSequence(), is(0L));
        assertThat(cache.stats().get(WriteBackMetrics.WRITES_SAVED), is(2L));
        assertThat(cache.stats().get(WriteBackMetrics.DIRTY_BYTES), is(3 * DirtySet.ENTRY_BYTES + 5));
        cache.checkpoint();
        assertThat(engine.lastSequence(), is(3L));
        assertThat(cache.stats().get(WriteBackMetrics.BATCHES), is(1L));
        assertThat(cache.stats().get(WriteBackMetrics.DIRTY_BYTES), is(0L));
        assertThat(entries(engine.cursor(KeyRange.all())), is(List.of("a=2", "c=1")));
        assertThat(cache.durableSequence(), is(5L));
        cache.verify();
    }

    @Test
    @DisplayName("what is dirty hides the engine, deletions too, for a get, a cursor in both directions and a snapshot")
    void merges() {
        WriteBackCache cache = open(LARGE);
        for (String key : List.of("a", "b", "c", "d")) {
            put(cache, key, "1");
        }
        cache.checkpoint();
        put(cache, "b", "2");
        cache.delete(text("c"));
        put(cache, "e", "2");
        EngineSnapshot then = cache.snapshot();
        put(cache, "a", "3");
        cache.checkpoint();
        assertThat(entries(then.cursor(KeyRange.all())), is(List.of("a=1", "b=2", "d=1", "e=2")));
        assertThat(then.get(text("a")), is(Optional.of(text("1"))));
        assertThat(then.sequence(), is(7L));
        assertThat(entries(cache.cursor(KeyRange.of(text("b"), text("e")))), is(List.of("b=2", "d=1")));
        assertThat(cache.get(text("c")), is(Optional.empty()));
        then.close();
        assertThrows(IllegalStateException.class, () -> then.get(text("a")));
    }

    @Test
    @DisplayName("nothing is flushed before the log is recovered, and the log is synced before the engine has a batch")
    void logFirst() throws InterruptedException {
        List<String> calls = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch applied = new CountDownLatch(3);
        engine.tell(call -> {
            if (call == MapEngine.Call.APPLY) {
                calls.add("apply");
            } else if (call == MapEngine.Call.APPLIED) {
                applied.countDown();
            }
        });
        WriteBackCache cache = open(SMALL.withBatchBytes(200));
        for (int i = 0; i < 30; i++) {
            put(cache, "key " + (10 + i), "0123456789");
        }
        assertThat(calls, is(List.of()));
        cache.useLog(() -> calls.add("sync"));
        applied.await();
        assertThat(calls.subList(0, 4), is(List.of("sync", "apply", "apply", "apply")));
    }

    @Test
    @DisplayName("when the log cannot be synced, the engine is given nothing, neither by a flush nor on close")
    void logFails() {
        WriteBackCache cache = open(LARGE);
        cache.useLog(() -> {
            throw new StorageIoException("syncing the log", new IOException("no disk"));
        });
        put(cache, "a", "1");
        StorageIoException thrown = assertThrows(StorageIoException.class, cache::checkpoint);
        assertThat(thrown.getMessage(), containsString("no disk"));
        assertThat(cache.get(text("a")), is(Optional.of(text("1"))));
        cache.close();
        assertThat(engine.lastSequence(), is(0L));
        assertThat(cache.durableSequence(), is(0L));
    }

    @Test
    @DisplayName("in the middle of a flush every value is found, by gets, cursors and snapshots, and writers go on")
    void inTheMiddleOfAFlush() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        engine.tell(call -> {
            if (call == MapEngine.Call.APPLY) {
                second.countDown();
                if (second.getCount() == 0) {
                    await(goOn);
                }
            }
        });
        WriteBackCache cache = open(SMALL);
        cache.useLog(() -> {});
        put(cache, "a", "0");
        List<String> expected = new ArrayList<>(List.of("a=0"));
        for (int i = 10; i < 14; i++) {
            put(cache, "key " + i, "0123456789");
            expected.add("key " + i + "=0123456789");
        }
        second.await(); // the engine has a part of the sealed set
        put(cache, "key 13", "new");
        expected.set(4, "key 13=new");
        assertThat(cache.get(text("key 12")), is(Optional.of(text("0123456789"))));
        assertThat(cache.get(text("key 13")), is(Optional.of(text("new"))));
        assertThat(entries(cache.cursor(KeyRange.all())), is(expected));
        EngineSnapshot then = cache.snapshot();
        goOn.countDown();
        cache.checkpoint();
        assertThat(entries(then.cursor(KeyRange.all())), is(expected));
        assertThat(entries(engine.cursor(KeyRange.all())), is(expected));
        then.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("an engine that fails is tried again, from the batch that it did not take; nothing is lost")
    void triedAgain() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(7);
        engine.tell(call -> {
            if (call == MapEngine.Call.APPLY) {
                int n = calls.incrementAndGet();
                if (n >= 3 && n <= 5) {
                    throw new StorageIoException("writing a page", new IOException("no space left on the device"));
                }
            } else if (call == MapEngine.Call.APPLIED) {
                done.countDown();
            }
        });
        WriteBackCache cache = open(SMALL.withFlushBytes(7 * DirtySet.ENTRY_BYTES));
        cache.useLog(() -> {});
        for (int i = 10; i < 17; i++) {
            put(cache, "key " + i, "0123456789012345");
        }
        done.await();
        engine.tell(call -> {});
        cache.checkpoint();
        assertThat("batches, three of them refused", calls.get(), is(10));
        assertThat(cache.stats().get(WriteBackMetrics.FLUSH_FAILURES), is(3L));
        assertThat(entries(engine.cursor(KeyRange.all())).size(), is(7));
        assertThat(engine.lastSequence(), is(7L));
    }

    @Test
    @DisplayName("while the engine refuses, writes are taken up to the limit, and then refused with the reason")
    void full() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        engine.tell(call -> {
            if (call == MapEngine.Call.APPLY && refuses.get()) {
                throw new StorageIoException("writing a page", new IOException("no space left on the device"));
            }
        });
        WriteBackCache cache = open(SMALL.withStallMax(Duration.ZERO));
        cache.useLog(() -> {});
        int written = 0;
        StorageIoException refused = null;
        while (refused == null) {
            try {
                put(cache, "key " + (100 + written), "0123456789");
                written++;
            } catch (StorageIoException e) {
                refused = e;
            }
        }
        assertThat(cache.stats().get(WriteBackMetrics.DIRTY_BYTES), is(lessThan(12 * DirtySet.ENTRY_BYTES)));
        assertThat(refused.getMessage(), containsString("for room in the cache"));
        assertThat(cache.stats().get(Metric.STALLS), is(greaterThan(0L)));
        assertThat(entries(cache.cursor(KeyRange.all())).size(), is(written));
        assertThrows(StorageIoException.class, cache::checkpoint);
        assertThat(cache.durableSequence(), is(0L));
        refuses.set(false);
        cache.checkpoint();
        put(cache, "after", "1");
        assertThat(entries(cache.cursor(KeyRange.all())).size(), is(written + 1));
        cache.verify();
    }

    @Test
    @DisplayName("a write waits for a slow engine, and goes on when there is room")
    void slow() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        engine.tell(call -> {
            if (call == MapEngine.Call.APPLY) {
                await(goOn);
            }
        });
        WriteBackCache cache = open(SMALL);
        cache.useLog(() -> {});
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                for (int i = 0; i < 100; i++) {
                    put(cache, "key " + i, "0123456789");
                }
            });
            while (cache.stats().get(Metric.STALLS) == 0 && !crew.hasFailed()) {
                Thread.onSpinWait();
            }
            assertTrue(cache.lastSequence() < 100, "the writer did not wait");
            goOn.countDown();
            crew.join();
        }
        assertThat(entries(cache.cursor(KeyRange.all())).size(), is(100));
    }

    @Test
    @DisplayName("readers beside flushes never miss a value, never go back, and see whole batches in snapshots")
    void besideFlushes() throws InterruptedException {
        WriteBackCache cache = open(SMALL.withFlushBytes(3 * DirtySet.ENTRY_BYTES));
        cache.useLog(() -> {});
        int rounds = 3_000;
        WriteBatch first = new WriteBatch().put(text("x"), text("0")).put(text("y"), text("0"));
        cache.apply(1, first);
        AtomicBoolean isWriting = new AtomicBoolean(true);
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                for (int i = 1; i <= rounds; i++) {
                    Slice value = text(Integer.toString(i));
                    WriteBatch batch = new WriteBatch().put(text("x"), value).put(text("y"), value);
                    batch.put(text("other " + i % 7), value);
                    cache.check(batch);
                    cache.apply(cache.lastSequence() + 1, batch);
                }
                isWriting.set(false);
            });
            crew.start(2, "reader", () -> {
                int last = 0;
                while (isWriting.get() && !crew.hasFailed()) {
                    int x = number(cache.get(text("x")));
                    int y = number(cache.get(text("y")));
                    assertTrue(last <= x && x <= y, "x was " + last + ", then " + x + ", and then y " + y);
                    last = y;
                    try (EngineSnapshot now = cache.snapshot()) {
                        assertThat("a snapshot", number(now.get(text("x"))), is(number(now.get(text("y")))));
                    }
                }
            });
            crew.join();
        }
        assertThat(number(cache.get(text("x"))), is(rounds));
        assertThat(cache.stats().get(WriteBackMetrics.FLUSHES), is(greaterThan(0L)));
    }

    private static int number(Optional<Slice> value) {
        return Integer.parseInt(value.orElseThrow(() -> new AssertionError("a value is missing"))
                .toString());
    }

    @Test
    @DisplayName("a closed cache takes nothing, has given the engine everything, and closes twice")
    void closed() {
        WriteBackCache cache = open(LARGE);
        put(cache, "a", "1");
        cache.close();
        cache.close();
        assertThat(engine.get(text("a")), is(Optional.of(text("1"))));
        assertThrows(StoreClosedException.class, () -> cache.get(text("a")));
        assertThrows(StoreClosedException.class, () -> cache.apply(2, new WriteBatch().delete(text("a"))));
        assertThrows(StoreClosedException.class, cache::checkpoint);
        assertThrows(StoreClosedException.class, cache::snapshot);
    }

    @Test
    @DisplayName("the note has the bytes of notes/formats/write-back-checkpoint.md; another text is refused")
    void note() throws IOException {
        WriteBackCache cache = open(LARGE);
        cache.apply(
                118,
                new WriteBatch()
                        .put(text("a"), text("1"))
                        .put(text("b"), text("1"))
                        .delete(text("c")));
        cache.checkpoint();
        Path file = directory.resolve(CheckpointedEngine.NAME);
        String note = Files.readString(file);
        assertThat(note, is("storagelab write-back checkpoint 1\nsequence 120\nchecksum 865d11bb\n"));
        cache.close();
        assertThat(open(LARGE).lastSequence(), is(120L));
        Files.writeString(file, note.replace("120", "121"));
        assertThrows(CorruptionException.class, () -> open(LARGE));
    }
}

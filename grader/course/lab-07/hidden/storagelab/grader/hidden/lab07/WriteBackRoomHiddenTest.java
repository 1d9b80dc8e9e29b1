package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Metric;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.testkit.Crew;
import storagelab.writeback.WriteBackCache;
import storagelab.writeback.WriteBackOptions;

/** Exercise 7.4: what happens to writers when the cache is full. */
@Tag("7.4")
class WriteBackRoomHiddenTest extends CacheOverScriptedEngine {
    @Test
    @DisplayName(
            "a full cache refuses in check, with the reason, and not in apply; when the engine works again, it goes on")
    void full() {
        WriteBackCache cache = open(WriteBackOptions.defaults()
                .withDirtyBytesMax(2_000)
                .withFlushBytes(2_000)
                .withStallMax(Duration.ZERO)
                .withRetryAfter(Duration.ofHours(1)));
        engine.beforeApply(batch -> {
            throw new StorageIoException("writing a page", new IOException("no space left"));
        });
        cache.useLog(() -> {});
        int written = 0;
        StorageIoException refused = null;
        while (refused == null) {
            assertTrue(written < 100, written + " keys, " + dirtyBytes(cache) + " bytes of 2,000, and nothing refused");
            try {
                apply(cache, "key" + (100 + written) + "=1");
                written++;
            } catch (StorageIoException e) {
                refused = e;
            }
        }
        assertTrue(dirtyBytes(cache) >= 2_000, "refused with " + dirtyBytes(cache) + " bytes of 2,000");
        assertTrue(
                String.valueOf(refused.getMessage()).contains("for room in the cache"),
                "the message of what is refused: " + refused.getMessage());
        assertTrue(cache.stats().get(Metric.STALLS) > 0, "a write that was refused is not counted as a stall");
        try {
            cache.apply(cache.lastSequence() + 1, batch("late=1"));
        } catch (StorageIoException e) {
            throw new AssertionError("apply of a batch that was checked before, and is in the log, is refused", e);
        }
        assertEquals("1", get(cache, "late"), "what was applied to a full cache");
        engine.behave();
        cache.checkpoint();
        apply(cache, "after=1");
        assertEquals(written + 2, Splitter.on(' ').splitToList(entries(cache)).size(), "entries in the end");
    }

    @Test
    @DisplayName("while the log is recovered, a cache takes everything, and flushes nothing by itself")
    void recovery() {
        WriteBackCache cache = open(WriteBackOptions.defaults()
                .withDirtyBytesMax(1_000)
                .withFlushBytes(500)
                .withStallMax(Duration.ZERO));
        for (int i = 0; i < 50; i++) {
            apply(cache, "key" + (100 + i) + "=1");
        }
        assertEquals(List.of(), engine.taken(), "what the engine has while the log is recovered");
        cache.checkpoint();
        assertEquals(50, engine.content().size(), "entries of the engine after a checkpoint");
    }

    @Test
    @DisplayName("a check that finds the cache full waits, and goes on when a flush has made room")
    void waits() throws InterruptedException {
        WriteBackCache cache = open(WriteBackOptions.defaults()
                .withDirtyBytesMax(1_000)
                .withFlushBytes(500)
                .withStallMax(Duration.ofSeconds(8)));
        AtomicBoolean isStalled = new AtomicBoolean();
        engine.beforeApply(batch -> {
            while (!isStalled.get() && cache.stats().get(Metric.STALLS) == 0) {
                Thread.onSpinWait(); // the engine is slow until somebody waits
            }
            isStalled.set(true);
        });
        cache.useLog(() -> {});
        long begin = System.nanoTime();
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                for (int i = 0; i < 60; i++) {
                    apply(cache, "key" + (100 + i) + "=1");
                }
                isStalled.set(true);
            });
            crew.join();
        }
        assertTrue(cache.stats().get(Metric.STALLS) > 0, "60 keys in a cache of 1,000 bytes, and nobody waited");
        long stalled = cache.stats().get(Metric.STALL_NANOS);
        assertTrue(stalled > 0, "nobody waited for any time");
        assertTrue(stalled <= System.nanoTime() - begin, "one writer waited " + stalled + " ns, longer than it ran");
        assertEquals(60, Splitter.on(' ').splitToList(entries(cache)).size(), "entries");
    }

    @Test
    @DisplayName("a check that waits ends when the cache is closed: it is refused")
    void closedMeanwhile() throws InterruptedException {
        WriteBackCache cache = fullOverABrokenEngine();
        closeWhileOneWaits(cache, () -> {
            engine.behave();
            cache.close();
        });
    }

    @Test
    @DisplayName(
            "a check that waits also ends when the cache is closed and the engine still takes nothing: it is refused")
    void closedWhileFull() throws InterruptedException {
        WriteBackCache cache = fullOverABrokenEngine();
        closeWhileOneWaits(cache, () -> assertThrows(StorageIoException.class, cache::close));
    }

    private WriteBackCache fullOverABrokenEngine() {
        WriteBackCache cache = open(WriteBackOptions.defaults()
                .withDirtyBytesMax(1_000)
                .withFlushBytes(1_000)
                .withStallMax(Duration.ofSeconds(8))
                .withRetryAfter(Duration.ofHours(1)));
        engine.beforeApply(batch -> {
            throw new StorageIoException("writing a page", new IOException("no space left"));
        });
        cache.useLog(() -> {});
        while (dirtyBytes(cache) < 1_000) {
            apply(cache, "key" + (100 + cache.lastSequence()) + "=1");
        }
        return cache;
    }

    private static void closeWhileOneWaits(WriteBackCache cache, Runnable close) throws InterruptedException {
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> assertThrows(StoreClosedException.class, () -> cache.check(batch("another=1"))));
            while (cache.stats().get(Metric.STALLS) == 0 && !crew.hasFailed()) {
                Thread.onSpinWait();
            }
            close.run();
            crew.join();
        }
    }
}

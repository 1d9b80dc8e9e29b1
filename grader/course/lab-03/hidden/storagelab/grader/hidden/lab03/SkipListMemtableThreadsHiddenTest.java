package storagelab.grader.hidden.lab03;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.lang.ref.Reference;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.cursor.EntryCursor;
import storagelab.grader.hidden.kit.Growth;
import storagelab.memtable.SkipListMemtable;
import storagelab.testkit.CpuTime;
import storagelab.testkit.Crew;

/** Exercise 3.7: many threads, and what the memory and the versions cost. */
@Tag("3.7")
class SkipListMemtableThreadsHiddenTest {
    private static final int THREADS = 4;

    /** The serial collector of HotSpot leaves some dead objects where they are, except in every fourth collection. */
    private static final int COLLECTIONS = 4;

    @Test
    @DisplayName("threads that add neighbouring versions at the same time lose none, in hundreds of short races")
    void races() throws InterruptedException {
        int rounds = 200;
        int addsOfThread = 50;
        SkipListMemtable[] memtables = new SkipListMemtable[rounds];
        for (int i = 0; i < rounds; i++) {
            memtables[i] = new SkipListMemtable();
        }
        CyclicBarrier start = new CyclicBarrier(THREADS);
        AtomicInteger names = new AtomicInteger();
        try (Crew crew = new Crew()) {
            crew.start(THREADS, "writer", () -> {
                int me = names.getAndIncrement();
                for (SkipListMemtable memtable : memtables) {
                    start.await();
                    for (int i = 0; i < addsOfThread; i++) {
                        long sequence = i * THREADS + me;
                        memtable.add(sequence, numbered(sequence));
                    }
                }
            });
            crew.join();
        }
        for (SkipListMemtable memtable : memtables) {
            assertEquals(addsOfThread * THREADS, memtable.count(), "count() after four threads added 50 versions each");
            for (long sequence = 0; sequence < addsOfThread * THREADS; sequence++) {
                assertEquals(
                        Optional.of(numbered(sequence)),
                        memtable.get(keyOf(sequence), sequence),
                        "the version of sequence " + sequence + ", added beside three other threads");
            }
            assertEquals(7, keys(memtable, Integer.MAX_VALUE), "keys that a cursor shows");
        }
    }

    @Test
    @DisplayName("readers as of a sequence see all that was added up to it, and nothing half done")
    void readersBesideWriter() throws InterruptedException {
        SkipListMemtable memtable = new SkipListMemtable();
        AtomicLong visible = new AtomicLong();
        AtomicBoolean finished = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                for (long sequence = 1; sequence <= 12_000 && !crew.hasFailed(); sequence++) {
                    memtable.add(sequence, numbered(sequence));
                    visible.set(sequence);
                }
                finished.set(true);
            });
            crew.start(2, "reader", () -> {
                while (!finished.get() && !crew.hasFailed()) {
                    long now = visible.get();
                    for (long sequence = Math.max(1, now - 6); sequence <= now; sequence++) {
                        assertEquals(
                                Optional.of(numbered(sequence)),
                                memtable.get(keyOf(sequence), now),
                                "get as of " + now + " of the key that was last added at " + sequence);
                    }
                    int shown = keys(memtable, now);
                    assertEquals(Math.min(7, now), shown, "keys that a cursor shows as of " + now);
                }
            });
            crew.join();
        }
    }

    @Test
    @DisplayName("once freeze() has returned nothing changes, though other threads were adding")
    void freezeBesideWriters() throws InterruptedException {
        for (int round = 0; round < 150; round++) {
            SkipListMemtable memtable = new SkipListMemtable();
            AtomicLong accepted = new AtomicLong();
            AtomicLong sequences = new AtomicLong();
            long whenFrozen;
            long keysWhenFrozen;
            try (Crew crew = new Crew()) {
                crew.start(3, "writer", () -> addUntilFrozen(memtable, sequences, accepted));
                while (sequences.get() < 40 + round && !crew.hasFailed()) {
                    Thread.onSpinWait();
                }
                memtable.freeze();
                whenFrozen = memtable.count();
                keysWhenFrozen = ownKeys(memtable);
                crew.join();
            }
            assertEquals(whenFrozen, memtable.count(), "count(), some time after freeze() returned");
            assertEquals(keysWhenFrozen, ownKeys(memtable), "entries there are, some time after freeze() returned");
            assertEquals(accepted.get(), memtable.count(), "count(), and adds that did not throw");
            assertEquals(accepted.get(), keysWhenFrozen, "adds that did not throw, and entries there are");
        }
    }

    @Test
    @DisplayName("sizeBytes() is within 5 % of the heap that the entries take")
    void memory() {
        checkMemory(16, 100, 24_000);
        checkMemory(9, 0, 60_000);
        checkMemory(40, 1_000, 4_000);
    }

    @Test
    @DisplayName("sizeBytes() is 0 at first, never falls, and is never less than the bytes of the keys and values")
    void size() {
        SkipListMemtable memtable = new SkipListMemtable();
        assertEquals(0, memtable.sizeBytes(), "sizeBytes() of an empty memtable");
        long before = 0;
        long bytes = 0;
        for (int i = 0; i < 3_000; i++) {
            Entry entry = Entry.value(Slice.utf8("key " + i % 100), Slice.wrap(new byte[i % 300]));
            memtable.add(i, entry);
            bytes += entry.key().length() + entry.value().length();
            long now = memtable.sizeBytes();
            assertTrue(now >= before, "sizeBytes() falls from " + before + " to " + now + " by an add");
            assertTrue(now >= bytes, "sizeBytes() is " + now + " with " + bytes + " bytes of keys and values");
            before = now;
        }
    }

    @Test
    @DisplayName("an old version of a key that has 100,000 is found as quickly as the newest")
    void manyVersions() {
        int versions = 100_000;
        SkipListMemtable memtable = new SkipListMemtable();
        Slice key = Slice.utf8("counter");
        for (int sequence = 1; sequence <= versions; sequence++) {
            memtable.add(sequence, Entry.value(key, Slice.utf8(Integer.toString(sequence))));
        }
        long newest = nanosOfGets(memtable, key, versions);
        long oldest = nanosOfGets(memtable, key, 2);
        assertTrue(
                oldest < 100 * newest,
                String.format(
                        Locale.ROOT,
                        "a get of the second oldest of 100,000 versions takes %d times as long as one of the newest:"
                                + " does it walk over all that are too new?",
                        oldest / Math.max(1, newest)));
    }

    @Test
    @DisplayName("count() and sizeBytes() take as long with many versions as with few")
    void constantTime() {
        Growth.check("count() and sizeBytes()", "versions", versions -> {
            SkipListMemtable memtable = ofOneKey(versions, "counter");
            return () -> {
                for (int i = 0; i < 2_000; i++) {
                    assertTrue(memtable.count() == versions && memtable.sizeBytes() > 0, "count() or sizeBytes()");
                }
            };
        });
    }

    @Test
    @DisplayName("a cursor comes to an old version of a key, from before it and from after it, without a walk over all")
    void seeksOverManyVersions() {
        Growth.check("seek of a cursor as of 2 to a key", "versions of it", versions -> {
            SkipListMemtable memtable = ofOneKey(versions, "counter");
            EntryCursor cursor = memtable.cursor(2);
            return () -> {
                for (int i = 0; i < 50; i++) {
                    cursor.seek(Slice.utf8("counter"));
                    assertEquals("counter", cursor.key().toUtf8(), "the key that seek(counter) as of 2 finds");
                }
            };
        });
        Growth.check("prev() of a cursor as of 2 to a key", "versions of it", versions -> {
            SkipListMemtable memtable = ofOneKey(versions, "counter");
            memtable.add(1, Entry.tombstone(Slice.utf8("last")));
            EntryCursor cursor = memtable.cursor(2);
            return () -> {
                for (int i = 0; i < 50; i++) {
                    cursor.seekToLast();
                    cursor.prev();
                    assertEquals("counter", cursor.key().toUtf8(), "the key before the last");
                }
            };
        });
    }

    /** The number of versions of one key, from 1 on. */
    private static SkipListMemtable ofOneKey(int versions, String key) {
        SkipListMemtable memtable = new SkipListMemtable();
        for (int sequence = 1; sequence <= versions; sequence++) {
            memtable.add(sequence, Entry.value(Slice.utf8(key), Slice.utf8(Integer.toString(sequence))));
        }
        return memtable;
    }

    private static long nanosOfGets(SkipListMemtable memtable, Slice key, int sequence) {
        long start = CpuTime.ofThisThreadNanos();
        for (int i = 0; i < 500; i++) {
            assertEquals(
                    Optional.of(Entry.value(key, Slice.utf8(Integer.toString(sequence)))),
                    memtable.get(key, sequence),
                    "get(counter, " + sequence + ")");
        }
        return CpuTime.ofThisThreadNanos() - start;
    }

    private static void addUntilFrozen(SkipListMemtable memtable, AtomicLong sequences, AtomicLong accepted) {
        while (true) {
            long sequence = sequences.incrementAndGet();
            try {
                memtable.add(sequence, Entry.tombstone(Slice.utf8("key " + sequence)));
            } catch (IllegalStateException frozen) {
                return;
            }
            accepted.incrementAndGet();
        }
    }

    private static int ownKeys(SkipListMemtable memtable) {
        return keys(memtable, SkipListMemtable.MAX_SEQUENCE);
    }

    private static void checkMemory(int keyBytes, int valueBytes, int count) {
        // What another thread leaves behind may be counted, too; what is measured three times is not that.
        Memory found = measure(keyBytes, valueBytes, count);
        for (int attempt = 1; attempt < 3 && !found.isRight(); attempt++) {
            found = measure(keyBytes, valueBytes, count);
        }
        assertTrue(
                found.isRight(),
                String.format(
                        Locale.ROOT,
                        "%,d entries of %d and %d bytes take %,d bytes of heap, %.1f each; sizeBytes() says %,d, %.1f each",
                        count,
                        keyBytes,
                        valueBytes,
                        found.taken,
                        (double) found.taken / count,
                        found.said,
                        (double) found.said / count));
    }

    private static Memory measure(int keyBytes, int valueBytes, int count) {
        long before = heapInUse();
        SkipListMemtable memtable = filled(keyBytes, valueBytes, count);
        long taken = heapInUse() - before;
        long said = memtable.sizeBytes();
        Reference.reachabilityFence(memtable);
        return new Memory(taken, said);
    }

    /** What a memtable takes, and what it says that it takes. */
    private record Memory(long taken, long said) {
        boolean isRight() {
            return Math.abs(said - taken) <= taken / 20;
        }
    }

    private static SkipListMemtable filled(int keyBytes, int valueBytes, int count) {
        SkipListMemtable memtable = new SkipListMemtable();
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[keyBytes];
            for (int b = 0; b < Integer.BYTES; b++) {
                key[keyBytes - 1 - b] = (byte) ((i * 7_919) >>> (8 * b));
            }
            memtable.add(i, Entry.value(Slice.wrap(key), Slice.wrap(new byte[valueBytes])));
        }
        return memtable;
    }

    private static long heapInUse() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static int keys(SkipListMemtable memtable, long sequence) {
        int keys = 0;
        try (EntryCursor cursor = memtable.cursor(sequence)) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                keys++;
            }
        }
        return keys;
    }

    /** Seven keys in turn. */
    private static Slice keyOf(long sequence) {
        return Slice.utf8("key " + sequence % 7);
    }

    private static Entry numbered(long sequence) {
        return Entry.value(keyOf(sequence), Slice.utf8("value of " + sequence));
    }
}

package storagelab.grader.hidden.lab01;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.sortedlog.MapMemtable;
import storagelab.sortedlog.Memtable;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.WriterBesideReaders;

/** Exercise 1.6: the memtable alone. */
@Tag("1.6")
class MapMemtableHiddenTest {
    private static final int OVERHEAD = 64;
    private static final int ITERATIONS = 40;
    private static final int KEYS_MAX = 20_000;

    private final Memtable memtable = new MapMemtable();

    @Test
    @DisplayName("the newest entry of a key replaces the one before, and a tombstone is an entry")
    void newestEntryOfEachKey() {
        memtable.put(Entries.value("b", "1"));
        memtable.put(Entries.value("a", "22"));
        memtable.put(Entries.tombstone("b"));
        assertEquals(
                Optional.of(Entries.tombstone("b")),
                memtable.get(Slice.utf8("b")),
                "get(b) after put(b=1), put(a=22), put(tombstone of b)");
        assertEquals(
                Optional.of(Entries.value("a", "22")),
                memtable.get(Slice.utf8("a")),
                "get(a) after put(b=1), put(a=22), put(tombstone of b)");
        assertEquals(Optional.empty(), memtable.get(Slice.utf8("c")), "get(c), which was never put");
        memtable.put(Entries.value("b", "3"));
        assertEquals(
                Optional.of(Entries.value("b", "3")),
                memtable.get(Slice.utf8("b")),
                "get(b) after put(b=1), put(tombstone of b), put(b=3)");
        assertEquals(2, memtable.count(), "entries of two keys, one put three times");
    }

    @Test
    @DisplayName("a tombstone of a key that was never put is kept: an older table may have the key")
    void tombstoneOfAnUnknownKey() {
        memtable.put(Entries.tombstone("a"));
        assertEquals(
                Optional.of(Entries.tombstone("a")), memtable.get(Slice.utf8("a")), "get(a) after put(tombstone of a)");
        assertEquals(1, memtable.count(), "count of a memtable with one tombstone");
        assertTrue(!memtable.isEmpty(), "a memtable with one tombstone says that it is empty");
        assertEquals(
                List.of(Entries.tombstone("a")),
                ImmutableList.copyOf(memtable.entries()),
                "entries() after put(tombstone of a)");
    }

    @Test
    @DisplayName("the size is that of the entries there are now: key, value and 64 bytes each")
    void sizeOfWhatIsThere() {
        assertEquals(0, memtable.sizeBytes(), "size of an empty memtable");
        assertTrue(memtable.isEmpty(), "an empty memtable says that it is not");
        memtable.put(Entries.value("key", "12345"));
        assertEquals(3 + 5 + OVERHEAD, memtable.sizeBytes(), "size with 5 bytes under \"key\"");
        memtable.put(Entries.value("key", "1"));
        assertEquals(3 + 1 + OVERHEAD, memtable.sizeBytes(), "size after 1 byte replaced the 5");
        memtable.put(Entries.tombstone("key"));
        assertEquals(3 + OVERHEAD, memtable.sizeBytes(), "size after a tombstone replaced the value");
        memtable.put(Entries.value("", ""));
        assertEquals(3 + 2 * OVERHEAD, memtable.sizeBytes(), "size with an empty value under the empty key beside it");
        assertEquals(2, memtable.count(), "count() with the tombstone of \"key\" and the empty key");
        assertTrue(!memtable.isEmpty(), "a memtable with two entries says that it is empty");
    }

    @Test
    @DisplayName("count, size and emptiness do not walk through the memtable, and a range begins where it begins")
    void costs() {
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            memtable.put(Entries.tombstone(String.format("key %08d", i)));
        }
        String next = "100 times, next to one walk through the " + count + " entries";
        RelativeCost.assertAtMost(2, "count() " + next, this::walk, () -> repeat(memtable::count));
        RelativeCost.assertAtMost(2, "sizeBytes() " + next, this::walk, () -> repeat(memtable::sizeBytes));
        RelativeCost.assertAtMost(2, "isEmpty() " + next, this::walk, () -> repeat(memtable::isEmpty));
        KeyRange end = KeyRange.of(Slice.utf8(String.format("key %08d", count - 1)), Slice.utf8("l"));
        RelativeCost.assertAtMost(
                2,
                "the first entry of a range at the end, 40 times, next to 2 walks through the " + count + " entries",
                () -> IntStream.range(0, 2).forEach(i -> walk()),
                () -> IntStream.range(0, 40).forEach(i -> memtable.entries(end).next()));
    }

    private void walk() {
        assertEquals(memtable.count(), Iterators.size(memtable.entries()), "entries of a walk");
    }

    private static void repeat(Supplier<?> question) {
        for (int i = 0; i < 100; i++) {
            assertTrue(question.get() != null, "there is no answer");
        }
    }

    @Test
    @DisplayName("entries come in the order of unsigned bytes, each key once")
    void orderOfEntries() {
        Seeds.check(50, random -> {
            Memtable table = new MapMemtable();
            Map<Slice, Entry> model = new TreeMap<>();
            long size = 0;
            for (int i = 0; i < 200; i++) {
                Slice key = Bytes.random(random, random.nextInt(3));
                Entry entry =
                        random.nextBoolean() ? Entry.tombstone(key) : Entry.value(key, Bytes.random(random, i % 9));
                table.put(entry);
                Entry replaced = model.put(key, entry);
                size += sizeOf(entry) - (replaced == null ? 0 : sizeOf(replaced));
                assertEquals(Optional.of(entry), table.get(key), "the entry that was just put under " + key);
            }
            assertEquals(
                    ImmutableList.copyOf(model.values()),
                    ImmutableList.copyOf(table.entries()),
                    "entries() after 200 random puts, keys of up to 2 bytes");
            assertEquals(model.size(), table.count(), "count() after 200 random puts, keys of up to 2 bytes");
            assertEquals(size, table.sizeBytes(), "sizeBytes() after 200 puts");
        });
    }

    @Test
    @DisplayName("a range has its first key, not its end, and may have no end")
    void entriesOfARange() {
        for (int i = 0; i < 6; i++) {
            memtable.put(entry(i));
        }
        KeyRange[] ranges = {
            KeyRange.of(Entries.numbered(1), Entries.numbered(4)),
            KeyRange.of(Entries.numbered(2), Entries.numbered(2)),
            KeyRange.from(Entries.numbered(4)),
            KeyRange.of(Slice.EMPTY, Entries.numbered(2)),
            KeyRange.from(Entries.numbered(6)),
        };
        for (KeyRange range : ranges) {
            List<Entry> expected = IntStream.range(0, 6)
                    .mapToObj(MapMemtableHiddenTest::entry)
                    .filter(entry -> range.contains(entry.key()))
                    .toList();
            assertEquals(
                    expected,
                    ImmutableList.copyOf(memtable.entries(range)),
                    "entries(" + range + ") of a memtable with the keys " + Entries.numbered(0) + " to "
                            + Entries.numbered(5));
        }
    }

    @Test
    @DisplayName("readers beside the writer see whole entries, in order, and everything put before they began")
    void readersBesideTheWriter() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            memtable.put(entry(i));
        }
        try (Crew crew = new Crew()) {
            new WriterBesideReaders(crew)
                    .read(2, "reader of all", ITERATIONS, this::checkIteration)
                    .read("reader of old keys", ITERATIONS, this::checkOldKeys)
                    .write(KEYS_MAX, number -> memtable.put(entry(number % 3 == 0 ? number % 100 : 100 + number)));
            crew.join();
        }
    }

    private void checkOldKeys() {
        for (int i = 0; i < 100; i++) {
            Slice key = Entries.numbered(i);
            Optional<Entry> seen = memtable.get(key);
            assertTrue(seen.isPresent(), "key " + key + " vanished for a moment while another thread put entries");
            assertEquals(key, seen.orElseThrow().key(), "the key of the entry that a get returned");
        }
    }

    private void checkIteration() {
        Slice firstNewKey = Entries.numbered(100);
        int old = 0;
        Slice previous = null;
        for (Iterator<Entry> entries = memtable.entries(); entries.hasNext(); ) {
            Slice key = entries.next().key();
            assertTrue(
                    previous == null || previous.compareTo(key) < 0,
                    "beside puts, entries() gave key " + key + " after " + previous);
            previous = key;
            old += key.compareTo(firstNewKey) < 0 ? 1 : 0;
        }
        assertEquals(100, old, "of 100 entries that were there before, those that entries() gave beside puts");
    }

    private static Entry entry(int number) {
        return Entry.value(Entries.numbered(number), Slice.utf8("value"));
    }

    private static long sizeOf(Entry entry) {
        return (long) entry.key().length() + entry.value().length() + OVERHEAD;
    }
}

package storagelab.memtable;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.cursor.EntryCursor;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

@Tag("3.7")
class SkipListMemtableTest {
    private static final Slice APPLE = Slice.utf8("apple");
    private static final Slice PEAR = Slice.utf8("pear");
    private static final Entry RED = Entry.value(APPLE, Slice.utf8("red"));
    private static final Entry YELLOW = Entry.value(APPLE, Slice.utf8("yellow"));
    private static final Entry GREEN = Entry.value(PEAR, Slice.utf8("green"));
    private static final Entry NO_PEAR = Entry.tombstone(PEAR);

    private final SkipListMemtable memtable = new SkipListMemtable();

    @Test
    @DisplayName("what is seen as of each sequence, as in the example")
    void example() {
        memtable.add(1, RED);
        memtable.add(2, GREEN);
        memtable.add(3, YELLOW);
        memtable.add(4, NO_PEAR);
        assertThat("cursor(0)", entries(0), is(empty()));
        assertThat("cursor(1)", entries(1), contains(RED));
        assertThat("cursor(2)", entries(2), contains(RED, GREEN));
        assertThat("cursor(3)", entries(3), contains(YELLOW, GREEN));
        assertThat("cursor(4)", entries(4), contains(YELLOW, NO_PEAR));
        assertThat("get(apple, 2)", memtable.get(APPLE, 2), is(Optional.of(RED)));
        assertThat("get(apple, 3)", memtable.get(APPLE, 3), is(Optional.of(YELLOW)));
        assertThat("get(pear, 1)", memtable.get(PEAR, 1), is(Optional.empty()));
        assertThat("get(pear, 4)", memtable.get(PEAR, 4), is(Optional.of(NO_PEAR)));
        assertThat("count()", memtable.count(), is(4L));
    }

    @Test
    @DisplayName("keys are ordered as unsigned bytes, a key before the longer ones that it begins")
    void order() {
        List<Slice> ascending = List.of(
                Slice.EMPTY,
                Slice.copyOf((byte) 0),
                Slice.copyOf((byte) 0, (byte) 0),
                Slice.utf8("banana s"),
                Slice.utf8("banana split"),
                Slice.copyOf((byte) 0x7f),
                Slice.copyOf((byte) 0x80));
        for (int i = 0; i < ascending.size(); i++) {
            memtable.add(i, Entry.tombstone(ascending.get(i * 3 % ascending.size())));
        }
        assertThat(entries(100).stream().map(Entry::key).toList(), is(ascending));
    }

    @Test
    @DisplayName("a cursor walks back and forth over one version of each key")
    void cursor() {
        memtable.add(1, RED);
        memtable.add(2, GREEN);
        memtable.add(3, YELLOW);
        memtable.add(4, Entry.value(Slice.utf8("fig"), Slice.utf8("later")));
        EntryCursor cursor = memtable.cursor(3);
        cursor.seekToLast();
        assertThat("seekToLast()", cursor.key(), is(PEAR));
        cursor.prev();
        assertThat("prev() from pear; fig is newer than the cursor", cursor.key(), is(APPLE));
        assertThat("the value of apple as of 3", cursor.value(), is(YELLOW.value()));
        cursor.next();
        assertThat("next() from apple", cursor.key(), is(PEAR));
        cursor.seekBefore(APPLE);
        assertThat("isValid() before the first key", cursor.isValid(), is(false));
    }

    @Test
    @DisplayName("a cursor over all versions walks over them back and forth, as in the example")
    void allVersions() {
        memtable.add(1, RED);
        memtable.add(2, GREEN);
        memtable.add(3, YELLOW);
        memtable.add(4, NO_PEAR);
        List<String> forward = new ArrayList<>();
        List<String> backward = new ArrayList<>();
        VersionCursor cursor = memtable.versions();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            forward.add(cursor.key() + " " + cursor.sequence() + (cursor.isTombstone() ? "†" : "=" + cursor.value()));
        }
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            backward.add(cursor.key() + " " + cursor.sequence());
        }
        assertThat("forward", forward, contains("apple 3=yellow", "apple 1=red", "pear 4†", "pear 2=green"));
        assertThat("backward", backward, contains("pear 2", "pear 4", "apple 1", "apple 3"));
        cursor.seek(APPLE, 2);
        assertThat("the sequence that seek(apple, 2) leads to", cursor.sequence(), is(1L));
    }

    @Test
    @DisplayName("a version is added once, and its sequence is in range")
    void refused() {
        memtable.add(7, RED);
        IllegalArgumentException twice = assertThrows(IllegalArgumentException.class, () -> memtable.add(7, YELLOW));
        assertThat(twice.getMessage(), allOf(containsString("apple"), containsString("7")));
        assertThrows(IllegalArgumentException.class, () -> memtable.add(-1, RED));
        assertThrows(IllegalArgumentException.class, () -> memtable.add(SkipListMemtable.MAX_SEQUENCE + 1, RED));
        assertThat("count() after three adds that were refused", memtable.count(), is(1L));
    }

    @Test
    @DisplayName("a frozen memtable is read and takes nothing more")
    void frozen() {
        memtable.add(1, RED);
        memtable.freeze();
        assertThrows(IllegalStateException.class, () -> memtable.add(2, GREEN));
        assertThat(entries(5), contains(RED));
        assertThat(memtable.count(), is(1L));
    }

    @Test
    @DisplayName("an empty memtable has no bytes; a full one as many as its entries at least")
    void bytes() {
        assertThat(memtable.sizeBytes(), is(0L));
        long bytes = 0;
        for (int i = 0; i < 1_000; i++) {
            Entry entry = Entry.value(Slice.utf8("key " + i), Slice.wrap(new byte[i]));
            memtable.add(i, entry);
            bytes += entry.key().length() + i;
        }
        assertThat(bytes, is(lessThanOrEqualTo(memtable.sizeBytes())));
    }

    @Test
    @DisplayName("any order of adds gives what a sorted map would")
    void model() {
        Seeds.check(20, random -> {
            SkipListMemtable subject = new SkipListMemtable();
            Map<Slice, TreeMap<Long, Entry>> model = new TreeMap<>();
            for (int i = 0; i < 400; i++) {
                byte[] bytes = new byte[random.nextInt(12)];
                for (int b = 0; b < bytes.length; b++) {
                    bytes[b] = (byte) (random.nextInt(3) - 1);
                }
                Slice key = Slice.wrap(bytes);
                long sequence = random.nextInt(200);
                Entry entry = random.nextInt(4) == 0
                        ? Entry.tombstone(key)
                        : Entry.value(key, Slice.utf8(Integer.toString(i)));
                TreeMap<Long, Entry> versions = model.computeIfAbsent(key, absent -> new TreeMap<>());
                if (versions.putIfAbsent(sequence, entry) == null) {
                    subject.add(sequence, entry);
                }
            }
            for (long sequence : new long[] {0, 10, 100, 199}) {
                List<Entry> expected = new ArrayList<>();
                for (TreeMap<Long, Entry> versions : model.values()) {
                    Map.Entry<Long, Entry> newest = versions.floorEntry(sequence);
                    if (newest != null) {
                        expected.add(newest.getValue());
                    }
                }
                List<Entry> backward = new ArrayList<>();
                EntryCursor cursor = subject.cursor(sequence);
                for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                    backward.add(0, entry(cursor));
                }
                assertThat("forward as of " + sequence, entries(subject, sequence), is(expected));
                assertThat("backward as of " + sequence, backward, is(expected));
            }
        });
    }

    @Test
    @DisplayName("no add of many threads is lost, and a thread sees its own at once")
    void manyWriters() throws InterruptedException {
        int threads = 4;
        int adds = 4_000;
        AtomicLong sequences = new AtomicLong();
        try (Crew crew = new Crew()) {
            crew.start(threads, "writer", () -> {
                for (int i = 0; i < adds; i++) {
                    long sequence = sequences.incrementAndGet();
                    Slice key = Slice.utf8("key " + sequence % 64);
                    Entry entry = Entry.value(key, Slice.utf8(Long.toString(sequence)));
                    memtable.add(sequence, entry);
                    assertThat("get of what was just added", memtable.get(key, sequence), is(Optional.of(entry)));
                }
            });
            crew.join();
        }
        assertThat(memtable.count(), is((long) threads * adds));
        Map<Slice, Entry> wrong = new HashMap<>();
        for (long sequence = 1; sequence <= (long) threads * adds; sequence++) {
            Slice key = Slice.utf8("key " + sequence % 64);
            Entry expected = Entry.value(key, Slice.utf8(Long.toString(sequence)));
            if (!memtable.get(key, sequence).equals(Optional.of(expected))) {
                wrong.put(key, expected);
            }
        }
        assertThat("entries that were added and are not there", wrong.values(), is(empty()));
    }

    private List<Entry> entries(long sequence) {
        return entries(memtable, sequence);
    }

    private static List<Entry> entries(SkipListMemtable memtable, long sequence) {
        List<Entry> entries = new ArrayList<>();
        try (EntryCursor cursor = memtable.cursor(sequence)) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                entries.add(entry(cursor));
            }
        }
        return entries;
    }

    private static Entry entry(EntryCursor cursor) {
        return cursor.isTombstone() ? Entry.tombstone(cursor.key()) : Entry.value(cursor.key(), cursor.value());
    }
}

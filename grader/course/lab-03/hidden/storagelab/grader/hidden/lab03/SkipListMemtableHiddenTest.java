package storagelab.grader.hidden.lab03;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.cursor.EntryCursor;
import storagelab.memtable.SkipListMemtable;
import storagelab.memtable.VersionCursor;
import storagelab.memtable.VersionedMemtable;
import storagelab.testkit.CursorContract;
import storagelab.testkit.CursorModel;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 3.7: versions, cursors over them, and their order. One thread. */
@Tag("3.7")
class SkipListMemtableHiddenTest implements CursorContract {
    private static final Slice KEY = Slice.utf8("key");

    private final SkipListMemtable memtable = new SkipListMemtable();

    /** Every entry has an older version and a newer one, neither of which shows, and between the keys lie newer ones. */
    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        SkipListMemtable versions = new SkipListMemtable();
        for (Entry entry : sorted) {
            versions.add(30, Entry.value(entry.key(), Slice.utf8("newer")));
            versions.add(20, entry);
            versions.add(10, Entry.value(entry.key(), Slice.utf8("older")));
            Slice neighbour = justAfter(entry.key());
            if (sorted.stream().noneMatch(other -> other.key().equals(neighbour))) {
                versions.add(25, Entry.value(neighbour, Slice.utf8("newer")));
            }
        }
        return versions.cursor(24);
    }

    @Override
    public boolean showsTombstones() {
        return true;
    }

    @Override
    public Entry entryAt(Cursor cursor) {
        return entry((EntryCursor) cursor);
    }

    @Test
    @DisplayName("get gives the newest version that is not newer than the sequence, tombstones too")
    void asOf() {
        Step.at("five versions of one key, added at 30, 10, 20 (a tombstone), 0 and MAX_SEQUENCE, and read");
        memtable.add(30, value("c"));
        memtable.add(10, value("a"));
        memtable.add(20, Entry.tombstone(KEY));
        memtable.add(0, value("first"));
        memtable.add(SkipListMemtable.MAX_SEQUENCE, value("last"));
        assertEquals(Optional.of(value("first")), memtable.get(KEY, 0), "as of 0, of versions at 0, 10, 20†, 30, max");
        assertEquals(Optional.of(value("first")), memtable.get(KEY, 9), "as of 9, of versions at 0, 10, 20†, 30, max");
        assertEquals(Optional.of(value("a")), memtable.get(KEY, 10), "as of 10, of versions at 0, 10, 20†, 30, max");
        assertEquals(
                Optional.of(Entry.tombstone(KEY)),
                memtable.get(KEY, 29),
                "as of 29, of versions at 0, 10, 20†, 30, max");
        assertEquals(Optional.of(value("c")), memtable.get(KEY, 1L << 40), "as of 2^40, of versions at 0 … 30, max");
        assertEquals(
                Optional.of(value("last")),
                memtable.get(KEY, SkipListMemtable.MAX_SEQUENCE),
                "as of MAX_SEQUENCE, of versions at 0, 10, 20†, 30, max");
        assertEquals(Optional.empty(), memtable.get(Slice.utf8("kex"), 100), "get of a key just before the only one");
        assertEquals(Optional.empty(), memtable.get(Slice.utf8("key "), 100), "get of a key just after the only one");
        assertEquals(5, memtable.count(), "count() of five versions of one key");
    }

    @Test
    @DisplayName("keys are ordered as unsigned bytes, whatever their length and however many zeros they end in")
    void order() {
        Seeds.check(30, random -> {
            SkipListMemtable subject = new SkipListMemtable();
            TreeMap<Slice, Entry> right = new TreeMap<>();
            for (int i = 0; i < 300; i++) {
                Slice key = awkwardKey(random);
                Entry entry = Entry.value(key, Slice.utf8("v" + i));
                Step.at("add of " + key + " at 5, the " + right.size() + "th key, and then a get");
                if (right.putIfAbsent(key, entry) == null) {
                    subject.add(5, entry);
                }
                Slice other = awkwardKey(random);
                assertEquals(Optional.ofNullable(right.get(other)), subject.get(other, 5), "get(" + other + ")");
            }
            assertEquals(List.copyOf(right.values()), entries(subject, 5), "what a cursor shows");
        });
    }

    @Test
    @DisplayName("as of every sequence, gets and cursors agree with a model, in whatever order the versions came")
    void model() {
        Seeds.check(15, random -> {
            SkipListMemtable subject = new SkipListMemtable();
            TreeMap<Slice, TreeMap<Long, Entry>> model = new TreeMap<>();
            for (int i = 0; i < 250; i++) {
                Slice key = CursorModel.randomKey(random);
                long sequence = random.nextInt(60);
                Entry entry = random.nextInt(4) == 0
                        ? Entry.tombstone(key)
                        : Entry.value(key, random.nextInt(5) == 0 ? Slice.EMPTY : Slice.utf8("v" + i));
                if (model.computeIfAbsent(key, absent -> new TreeMap<>()).putIfAbsent(sequence, entry) == null) {
                    subject.add(sequence, entry);
                }
            }
            for (long sequence = 0; sequence <= 60; sequence += 12) {
                long asOf = sequence;
                List<Entry> expected = model.values().stream()
                        .flatMap(versions -> Stream.ofNullable(versions.floorEntry(asOf)))
                        .map(Map.Entry::getValue)
                        .toList();
                Step.at("gets and a cursor as of " + asOf + " of 250 versions");
                for (Entry entry : expected) {
                    assertEquals(
                            Optional.of(entry),
                            subject.get(entry.key(), asOf),
                            "get(" + entry.key() + ", " + asOf + ") of " + model.get(entry.key()));
                }
                CursorModel.of(expected, () -> subject.cursor(asOf), cursor -> entry((EntryCursor) cursor))
                        .check(random);
            }
            long versions = model.values().stream().mapToLong(TreeMap::size).sum();
            assertEquals(versions, subject.count(), "count() of all versions");
        });
    }

    @Test
    @DisplayName("a cursor over all versions shows each once, newest first, both ways and from every seek")
    void allVersions() {
        Seeds.check(15, random -> {
            SkipListMemtable subject = new SkipListMemtable();
            TreeMap<Slice, TreeMap<Long, Entry>> model = new TreeMap<>();
            for (int i = 0; i < 120; i++) {
                Slice key = awkwardKey(random);
                long sequence = random.nextInt(40);
                Entry entry = random.nextInt(4) == 0 ? Entry.tombstone(key) : Entry.value(key, Slice.utf8("v" + i));
                if (model.computeIfAbsent(key, absent -> new TreeMap<>()).putIfAbsent(sequence, entry) == null) {
                    subject.add(sequence, entry);
                }
            }
            List<String> expected = new ArrayList<>();
            model.forEach((key, versions) ->
                    versions.descendingMap().forEach((sequence, entry) -> expected.add(sequence + ": " + entry)));
            List<String> forward = new ArrayList<>();
            List<String> backward = new ArrayList<>();
            VersionCursor cursor = subject.versions();
            Step.at("walks over " + expected.size() + " versions of " + model.size() + " keys, and seeks");
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                forward.add(version(cursor));
            }
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                backward.add(0, version(cursor));
            }
            assertEquals(expected, forward, "forward");
            assertEquals(expected, backward, "backward");
            for (int i = 0; i < 50; i++) {
                Slice key = awkwardKey(random);
                long sequence = random.nextInt(41);
                String wanted = first(model, key, sequence);
                cursor.seek(key, sequence);
                assertEquals(
                        wanted, cursor.isValid() ? version(cursor) : "none", "seek(" + key + ", " + sequence + ")");
            }
        });
    }

    private static String version(VersionCursor cursor) {
        if (cursor.isTombstone()) {
            assertEquals(Slice.EMPTY, cursor.value(), "value() of the tombstone of " + cursor.key());
        }
        return cursor.sequence() + ": "
                + (cursor.isTombstone() ? Entry.tombstone(cursor.key()) : Entry.value(cursor.key(), cursor.value()));
    }

    /** The first version that is not before the place of {@code key} and {@code sequence}. */
    private static String first(TreeMap<Slice, TreeMap<Long, Entry>> model, Slice key, long sequence) {
        for (Map.Entry<Slice, TreeMap<Long, Entry>> versions :
                model.tailMap(key).entrySet()) {
            Map.Entry<Long, Entry> found = versions.getKey().equals(key)
                    ? versions.getValue().floorEntry(sequence)
                    : versions.getValue().lastEntry();
            if (found != null) {
                return found.getKey() + ": " + found.getValue();
            }
        }
        return "none";
    }

    @Test
    @DisplayName("a cursor over a memtable that goes on growing shows the same entries, both ways")
    void growingMemtable() {
        Seeds.check(10, random -> {
            SkipListMemtable subject = new SkipListMemtable();
            TreeMap<Slice, Entry> right = new TreeMap<>();
            long sequence = 0;
            for (int i = 0; i < 100; i++) {
                Slice key = CursorModel.randomKey(random);
                Entry entry = Entry.value(key, Slice.utf8("v" + i));
                subject.add(++sequence, entry);
                right.put(key, entry);
            }
            Step.at("walks as of " + sequence + " over " + right.size() + " keys, with two adds after each step");
            EntryCursor cursor = subject.cursor(sequence);
            List<Entry> seen = new ArrayList<>();
            cursor.seekToFirst();
            while (cursor.isValid()) {
                seen.add(entry(cursor));
                subject.add(++sequence, Entry.tombstone(CursorModel.randomKey(random)));
                subject.add(++sequence, Entry.tombstone(cursor.key()));
                cursor.next();
            }
            assertEquals(List.copyOf(right.values()), seen, "forward, with two adds after each step");
            seen.clear();
            cursor.seekToLast();
            while (cursor.isValid()) {
                seen.add(0, entry(cursor));
                subject.add(++sequence, Entry.tombstone(CursorModel.randomKey(random)));
                subject.add(++sequence, Entry.tombstone(cursor.key()));
                cursor.prev();
            }
            assertEquals(List.copyOf(right.values()), seen, "backward, with two adds after each step");
        });
    }

    @Test
    @DisplayName("a version is added once, its sequence is in range, and what is refused changes nothing")
    void refused() {
        Step.at("adds that are to be refused, after add(7, key=a); then one more and freeze()");
        memtable.add(7, value("a"));
        IllegalArgumentException twice =
                assertThrows(IllegalArgumentException.class, () -> memtable.add(7, Entry.tombstone(KEY)), "add twice");
        checkNamed(twice, "key", "7");
        memtable.add(4711, Entry.value(Slice.utf8("pear"), Slice.EMPTY));
        checkNamed(
                assertThrows(
                        IllegalArgumentException.class,
                        () -> memtable.add(4711, Entry.tombstone(Slice.utf8("pear"))),
                        "add of (pear, 4711) twice"),
                "pear",
                "4711");
        assertThrows(IllegalArgumentException.class, () -> memtable.add(-1, value("b")), "add(-1, …)");
        assertThrows(
                IllegalArgumentException.class,
                () -> memtable.add(SkipListMemtable.MAX_SEQUENCE + 1, value("b")),
                "add(MAX_SEQUENCE + 1, …)");
        assertThrows(IllegalArgumentException.class, () -> memtable.get(KEY, -1), "get(key, -1)");
        assertThrows(IllegalArgumentException.class, () -> memtable.cursor(-1), "cursor(-1)");
        long tooLarge = SkipListMemtable.MAX_SEQUENCE + 1;
        assertThrows(IllegalArgumentException.class, () -> memtable.get(KEY, tooLarge), "get(key, MAX_SEQUENCE + 1)");
        assertThrows(IllegalArgumentException.class, () -> memtable.cursor(tooLarge), "cursor(MAX_SEQUENCE + 1)");
        assertEquals(2, memtable.count(), "count() after adds that were refused");
        assertEquals(List.of(value("a")), entries(memtable, 100), "what a cursor shows after adds that were refused");
        memtable.add(8, value("c"));
        Step.at("freeze() of a memtable that has refused some adds");
        memtable.freeze();
        assertEquals(3, memtable.count(), "count() after one more add");
    }

    private static void checkNamed(Exception refusal, String key, String sequence) {
        String message = String.valueOf(refusal.getMessage());
        assertTrue(
                message.contains(key) && message.contains(sequence),
                "the message of an add of (" + key + ", " + sequence + ") that is there should name both, and is: "
                        + message);
    }

    @Test
    @DisplayName("a cursor over all versions that is at none has nothing to say and cannot be moved by a step")
    void versionCursorAtNone() {
        memtable.add(7, value("a"));
        memtable.add(8, Entry.tombstone(KEY));
        VersionCursor cursor = memtable.versions();
        for (String where : List.of("that is new", "after the last version", "before the first version")) {
            String what = " of a cursor " + where + " of two";
            Step.at("the methods" + what);
            if (where.startsWith("after")) {
                cursor.seekToLast();
                cursor.next();
            } else if (where.startsWith("before")) {
                cursor.seekToFirst();
                cursor.prev();
            }
            assertTrue(!cursor.isValid(), "isValid()" + what);
            assertThrows(IllegalStateException.class, cursor::key, "key()" + what);
            assertThrows(IllegalStateException.class, cursor::sequence, "sequence()" + what);
            assertThrows(IllegalStateException.class, cursor::value, "value()" + what);
            assertThrows(IllegalStateException.class, cursor::isTombstone, "isTombstone()" + what);
            assertThrows(IllegalStateException.class, cursor::next, "next()" + what);
            assertThrows(IllegalStateException.class, cursor::prev, "prev()" + what);
        }
    }

    @Test
    @DisplayName("large keys, large values and empty ones come back as they were")
    void largeAndEmpty() {
        Random random = new Random(Seeds.base());
        List<Entry> entries = new ArrayList<>();
        for (int bytes : new int[] {0, 1, 511, 4_096, 70_000, 300_000, 1_000_000}) {
            byte[] key = new byte[bytes / 3];
            byte[] value = new byte[bytes];
            random.nextBytes(key);
            random.nextBytes(value);
            Entry entry = Entry.value(Slice.copyOf(key), Slice.copyOf(value));
            Step.at("add of a key of " + bytes / 3 + " bytes with a value of " + bytes);
            memtable.add(bytes, entry);
            entries.add(entry);
        }
        memtable.add(2_000_000, Entry.tombstone(Slice.utf8("none")));
        for (Entry entry : entries) {
            assertEquals(
                    Optional.of(entry),
                    memtable.get(entry.key(), entry.value().length()),
                    "the entry with a value of " + entry.value().length() + " bytes");
        }
        assertEquals(
                entries.stream().map(Entry::key).distinct().sorted().toList().size() + 1L,
                entries(memtable, 2_000_000).size(),
                "keys that a cursor shows");
    }

    @Test
    @DisplayName("a frozen memtable takes nothing more and is read as before")
    void frozen() {
        Step.at("an add, freeze(), freeze() again, an add that is to be refused, and freeze() again");
        memtable.add(1, value("a"));
        memtable.freeze();
        memtable.freeze();
        assertThrows(IllegalStateException.class, () -> memtable.add(2, value("b")), "add after freeze()");
        memtable.freeze();
        assertEquals(Optional.of(value("a")), memtable.get(KEY, 5), "get after freeze()");
        assertEquals(List.of(value("a")), entries(memtable, 5), "what a cursor shows after freeze()");
        assertEquals(1, memtable.count(), "count() after freeze() and an add that was refused");
    }

    @Test
    @DisplayName("the adapter for lab 1's store shows the newest entry of each key and keeps the others")
    void adapter() {
        Step.at("VersionedMemtable over it: put of key=a, aaa= and a tombstone of key");
        VersionedMemtable versioned = new VersionedMemtable(new AtomicLong());
        assertTrue(versioned.isEmpty(), "isEmpty() of a new one");
        versioned.put(value("a"));
        versioned.put(Entry.value(Slice.utf8("aaa"), Slice.EMPTY));
        versioned.put(Entry.tombstone(KEY));
        assertEquals(Optional.of(Entry.tombstone(KEY)), versioned.get(KEY), "get(key) after a value and a tombstone");
        assertEquals(2, versioned.count(), "count() of two keys, one of them put twice");
        List<Entry> entries = new ArrayList<>();
        versioned.entries().forEachRemaining(entries::add);
        assertEquals(List.of(Entry.value(Slice.utf8("aaa"), Slice.EMPTY), Entry.tombstone(KEY)), entries, "entries()");
        assertEquals(Optional.of(value("a")), versioned.versions().get(KEY, 1), "the version that was replaced");
    }

    /** The smallest key that is greater. */
    private static Slice justAfter(Slice key) {
        byte[] longer = new byte[key.length() + 1];
        key.copyTo(longer, 0);
        return Slice.wrap(longer);
    }

    private static Entry value(String value) {
        return Entry.value(KEY, Slice.utf8(value));
    }

    /** Up to 20 bytes out of few, so that keys begin each other and differ far behind. */
    private static Slice awkwardKey(Random random) {
        byte[] bytes = new byte[random.nextInt(4) * 8 + random.nextInt(3) - (random.nextBoolean() ? 1 : 0) & 31];
        for (int i = Math.max(0, bytes.length - 2); i < bytes.length; i++) {
            bytes[i] = new byte[] {0, 0, 1, 0x7f, (byte) 0x80, (byte) 0xff}[random.nextInt(6)];
        }
        if (bytes.length > 8 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) 0x80;
        }
        return Slice.copyOf(bytes);
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

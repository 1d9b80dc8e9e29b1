package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.lsm.VisibleCursor;
import storagelab.sstable.InternalKey;
import storagelab.testkit.CursorModel;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.KeptEntries;
import storagelab.testkit.lsm.MapCursor;

/** Exercise 5.15: what a reader sees at a sequence. */
@Tag("5.15")
class VisibleCursorHiddenTest {
    private static final int CALLS_A_KEY = 32;

    private static VisibleCursor cursor(String words, long sequence) {
        return new VisibleCursor(new MapCursor(Merges.entries(words)), sequence);
    }

    /** What shows at a sequence, by looking at all entries. */
    private static List<Entry> visible(NavigableMap<Slice, Slice> all, long sequence) {
        List<Entry> visible = new ArrayList<>();
        Slice last = null;
        for (Map.Entry<Slice, Slice> entry : all.entrySet()) {
            Slice user = InternalKey.userKey(entry.getKey());
            if (InternalKey.sequence(entry.getKey()) <= sequence && !user.equals(last)) {
                last = user;
                if (!Merges.isDeletion(entry.getKey())) {
                    visible.add(Entry.value(user, entry.getValue()));
                }
            }
        }
        return visible;
    }

    @Test
    @DisplayName("any moves lead to where they lead in the list of what shows at the sequence")
    void model() {
        Seeds.check(150, random -> {
            NavigableMap<Slice, Slice> all = KeptEntries.none();
            for (int i = random.nextInt(80); i > 0; i--) {
                ValueKind kind = ValueKind.of(random.nextInt(4) == 0 ? 0 : 1);
                all.put(InternalKey.of(CursorModel.randomKey(random), random.nextInt(40), kind), Slice.utf8("v" + i));
            }
            long sequence = random.nextInt(8) == 0 ? InternalKey.MAX_SEQUENCE : random.nextInt(42);
            CursorModel.of(visible(all, sequence), () -> new VisibleCursor(new MapCursor(all), sequence))
                    .check(random);
        });
    }

    private static String walk(String words, long sequence, boolean forward) {
        List<String> seen = new ArrayList<>();
        try (Cursor cursor = cursor(words, sequence)) {
            if (forward) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    seen.add(cursor.value().toUtf8());
                }
            } else {
                for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                    seen.add(0, cursor.value().toUtf8());
                }
            }
        }
        return String.join(", ", seen);
    }

    @Test
    @DisplayName("at each sequence each key shows its newest value that is not newer, or nothing if that is a deletion")
    void everySequence() {
        String words = "a@9 a@6† a@3 b@8† b@5 b@2† c@7 c@4 c@1";
        String[] expected = {
            "",
            "value of c@1",
            "value of c@1",
            "value of a@3, value of c@1",
            "value of a@3, value of c@4",
            "value of a@3, value of b@5, value of c@4",
            "value of b@5, value of c@4",
            "value of b@5, value of c@7",
            "value of c@7",
            "value of a@9, value of c@7"
        };
        for (int sequence = 0; sequence < expected.length; sequence++) {
            String what = " of " + words + " at sequence " + sequence;
            assertEquals(expected[sequence], walk(words, sequence, true), "a walk forward" + what);
            assertEquals(expected[sequence], walk(words, sequence, false), "a walk backward" + what);
        }
    }

    @Test
    @DisplayName(
            "turning round at a key with versions on both sides leads to its neighbours, and back to the same value")
    void turning() {
        try (Cursor cursor = cursor("a@4 b@9 b@8 b@5 b@3 b@1 c@9 c@2 d@4†", 6)) {
            cursor.seek(Slice.utf8("b"));
            for (int i = 0; i < 3; i++) {
                assertEquals("value of b@5", cursor.value().toUtf8(), "the value of b at sequence 6, round " + i);
                cursor.prev();
                assertEquals("value of a@4", cursor.value().toUtf8(), "prev() at b, round " + i);
                cursor.next();
                assertEquals("value of b@5", cursor.value().toUtf8(), "prev() at b, then next(), round " + i);
                cursor.next();
                assertEquals("value of c@2", cursor.value().toUtf8(), "next() at b, round " + i);
                cursor.prev();
            }
            cursor.next();
            cursor.next();
            assertFalse(cursor.isValid(), "next() at c leads to an entry, though d was deleted: is it shown?");
        }
    }

    /** A key between two others, with so many versions. */
    private static NavigableMap<Slice, Slice> manyVersions(int count, boolean deletions) {
        NavigableMap<Slice, Slice> all = Merges.entries("a@1 c@1");
        for (int i = 1; i <= count; i++) {
            all.put(deletions && i % 2 == 0 ? Blocks.deletion("b", i) : Blocks.put("b", i), Slice.utf8("b@" + i));
        }
        return all;
    }

    private static void assertCost(MapCursor entries, int keys, String what) {
        long calls = entries.seeks() + entries.steps();
        assertTrue(
                calls <= (long) keys * CALLS_A_KEY,
                calls + " calls that move the entries for " + what + ": are all versions of a key walked over?");
    }

    @Test
    @DisplayName("a key is passed with at most 32 calls, in both directions, though it has 5,000 versions")
    void cost() {
        for (boolean deletions : new boolean[] {false, true}) {
            for (long sequence : new long[] {1, 2500, 2501, 5000, InternalKey.MAX_SEQUENCE}) {
                NavigableMap<Slice, Slice> all = manyVersions(5000, deletions);
                List<Entry> visible = visible(all, sequence);
                String what = " over a, b with 5,000 versions, and c, at sequence " + sequence;
                MapCursor entries = new MapCursor(all);
                VisibleCursor cursor = new VisibleCursor(entries, sequence);
                int seen = 0;
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    assertEquals(visible.get(seen++).value(), cursor.value(), "value " + seen + " of a walk" + what);
                }
                assertCost(entries, 4, "a walk forward" + what);
                for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                    assertEquals(
                            visible.get(--seen).value(), cursor.value(), "value " + seen + " of a walk back" + what);
                }
                assertCost(entries, 8, "walks forward and back" + what);
                cursor.seek(Slice.utf8("b"));
                cursor.seekBefore(Slice.utf8("c"));
                cursor.seekBefore(Slice.utf8("b"));
                assertCost(entries, 16, "walks forward and back and three seeks" + what);
            }
        }
    }

    @Test
    @DisplayName("turning round at a key with thousands of newer or older versions costs 32 calls a key as well")
    void costOfTurning() {
        for (long sequence : new long[] {1, 2500, 5000}) {
            MapCursor entries = new MapCursor(manyVersions(5000, false));
            VisibleCursor cursor = new VisibleCursor(entries, sequence);
            cursor.seek(Slice.utf8("b"));
            for (int i = 0; i < 5; i++) {
                cursor.prev();
                assertEquals(Slice.utf8("a"), cursor.key(), "the key before b");
                cursor.next();
                assertEquals(Slice.utf8("b@" + sequence), cursor.value(), "the value of b, after prev() and next()");
                cursor.next();
                assertEquals(Slice.utf8("c"), cursor.key(), "the key after b");
                cursor.prev();
                assertEquals(Slice.utf8("b@" + sequence), cursor.value(), "the value of b, after next() and prev()");
            }
            assertCost(entries, 1 + 2 * 20, "a seek and 20 steps around b, which has 5,000 versions, at " + sequence);
            MapCursor others = new MapCursor(manyVersions(5000, false));
            VisibleCursor before = new VisibleCursor(others, sequence);
            before.seekBefore(Slice.utf8("b"));
            assertEquals(Slice.utf8("a"), before.key(), "the key before b");
            assertCost(others, 1, "seekBefore(b), where b has 5,000 versions, at " + sequence);
        }
    }

    @Test
    @DisplayName("keys and values are those of the entries: nothing is copied")
    void copiesNothing() {
        byte[] value = {'v'};
        NavigableMap<Slice, Slice> all = KeptEntries.none();
        byte[] key = Blocks.put("a", 5).toByteArray();
        all.put(Slice.wrap(key), Slice.wrap(value));
        for (boolean forward : new boolean[] {true, false}) {
            VisibleCursor cursor = new VisibleCursor(new MapCursor(all), 9);
            value[0] = 'v';
            key[0] = 'a';
            if (forward) {
                cursor.seekToFirst();
            } else {
                cursor.seekToLast();
            }
            Slice shownKey = cursor.key();
            Slice shownValue = cursor.value();
            value[0] = 'w';
            key[0] = 'b';
            String way = forward ? "forward" : "backward";
            assertEquals(Slice.utf8("w"), shownValue, "the value " + way + ", when its bytes became w: is it a copy");
            assertEquals(Slice.utf8("b"), shownKey, "the key " + way + ", when its byte became b: is it a copy");
        }
    }

    @Test
    @DisplayName("where each key has one version, a step is one call, in either direction")
    void plain() {
        NavigableMap<Slice, Slice> all = KeptEntries.none();
        for (int i = 0; i < 200; i++) {
            all.put(Blocks.put("key" + (1000 + i), i), Slice.utf8("v" + i));
        }
        MapCursor entries = new MapCursor(all);
        VisibleCursor cursor = new VisibleCursor(entries, 1000);
        cursor.seekToFirst();
        for (int i = 1; i < 200; i++) {
            cursor.next();
        }
        assertEquals("v199", cursor.value().toUtf8(), "the value after 199 steps");
        assertTrue(
                entries.seeks() + entries.steps() <= 210,
                entries.seeks() + entries.steps() + " calls for a seek and 199 steps over keys with one version each");
        for (int i = 1; i < 200; i++) {
            cursor.prev();
        }
        assertEquals("v0", cursor.value().toUtf8(), "the value after 199 steps back");
        assertTrue(
                entries.seeks() + entries.steps() <= 420,
                entries.seeks() + entries.steps() + " calls for a seek and 398 steps, back as well");
    }

    @Test
    @DisplayName("over keys with three versions each it goes by steps: nothing is sought after the first call")
    void fewVersions() {
        NavigableMap<Slice, Slice> all = KeptEntries.none();
        for (int i = 0; i < 300; i++) {
            all.put(Blocks.put("key" + (100 + i / 3), i % 3), Slice.utf8("v" + i));
        }
        MapCursor entries = new MapCursor(all);
        VisibleCursor cursor = new VisibleCursor(entries, 1);
        cursor.seekToFirst();
        for (int i = 0; i < 100; i++) {
            assertEquals("v" + (3 * i + 1), cursor.value().toUtf8(), "the value of key " + i);
            cursor.next();
        }
        assertEquals(1, entries.seeks(), "seeks for seekToFirst() and 100 times next()");
        cursor.seekToLast();
        for (int i = 99; i >= 0; i--) {
            assertEquals("v" + (3 * i + 1), cursor.value().toUtf8(), "the value of key " + i + " going back");
            cursor.prev();
        }
        assertEquals(2, entries.seeks(), "seeks for these and seekToLast() and 100 times prev()");
    }

    @Test
    @DisplayName("turning round at a key with many versions that are too new, or too old, leads to its neighbours")
    void turningAmongMany() {
        for (long sequence = 1; sequence <= 30; sequence++) {
            try (Cursor cursor = new VisibleCursor(new MapCursor(manyVersions(30, false)), sequence)) {
                cursor.seek(Slice.utf8("b"));
                cursor.prev();
                assertEquals("a", key(cursor), "prev() at b, which has 30 versions, at sequence " + sequence);
                cursor.next();
                assertEquals("b", key(cursor), "prev(), next() at b, at sequence " + sequence);
                cursor.next();
                assertEquals("c", key(cursor), "prev(), next(), next() at b, at sequence " + sequence);
                cursor.prev();
                assertEquals("b", key(cursor), "and prev() again, at sequence " + sequence);
                assertEquals("b@" + sequence, cursor.value().toUtf8(), "its value");
            }
        }
    }

    private static String key(Cursor cursor) {
        return cursor.isValid() ? cursor.key().toUtf8() : "none";
    }

    @Test
    @DisplayName("at no key, and when it is closed, it throws; it closes the entries once")
    void errors() {
        MapCursor entries = new MapCursor(Merges.entries("a@9 b@2†"));
        VisibleCursor cursor = new VisibleCursor(entries, 5);
        assertFalse(cursor.isValid(), "a new cursor is at a key");
        cursor.seekToFirst();
        assertFalse(cursor.isValid(), "at a key at sequence 5, when there is a@9 and b@2†");
        assertThrows(IllegalStateException.class, cursor::key, "key() at no key");
        assertThrows(IllegalStateException.class, cursor::value, "value() at no key");
        assertThrows(IllegalStateException.class, cursor::next, "next() at no key");
        assertThrows(IllegalStateException.class, cursor::prev, "prev() at no key");
        cursor.close();
        cursor.close();
        assertEquals(1, entries.closes(), "times that the entries were closed, after close() twice");
        assertThrows(IllegalStateException.class, cursor::isValid, "isValid() of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::seekToFirst, "seekToFirst() of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::seekToLast, "seekToLast() of a closed cursor");
        assertThrows(IllegalStateException.class, () -> cursor.seek(Slice.EMPTY), "seek() of a closed cursor");
        assertThrows(
                IllegalStateException.class, () -> cursor.seekBefore(Slice.EMPTY), "seekBefore() of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::next, "next() of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::prev, "prev() of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::key, "key() of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::value, "value() of a closed cursor");
    }
}

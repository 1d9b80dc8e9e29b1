package storagelab.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;

/**
 * What every {@link Cursor} promises: a test class that implements this says how to make one over given entries, and is
 * held to it. A cursor that stops at tombstones says so, and how to read what it is at.
 */
public interface CursorContract {
    /**
     * A fresh cursor over {@code sorted}, at no entry. There are tombstones among them only if {@link #showsTombstones}.
     */
    Cursor cursorOver(List<Entry> sorted);

    /** Whether the cursor stops at tombstones. */
    default boolean showsTombstones() {
        return false;
    }

    /** Whether there can be no entries at all. */
    default boolean canBeEmpty() {
        return true;
    }

    /** What {@code cursor}, which was made by {@link #cursorOver}, is at. */
    default Entry entryAt(Cursor cursor) {
        return Entry.value(cursor.key(), cursor.value());
    }

    @Test
    @DisplayName("the worked example: b=1, d=2, f=3")
    default void workedExample() {
        Step.at("the worked example of Cursor: a cursor over b=1, d=2, f=3");
        try (Cursor cursor = cursorOver(values("b", "d", "f"))) {
            assertAt("", cursor, "a new cursor");
            cursor.seek(utf8("c"));
            assertAt("d", cursor, "seek(c)");
            cursor.next();
            assertAt("f", cursor, "seek(c), next");
            cursor.next();
            assertAt("", cursor, "seek(c), next, next");
            cursor.seekBefore(utf8("d"));
            assertAt("b", cursor, "seekBefore(d): d itself is not before d");
            cursor.seekBefore(utf8("b"));
            assertAt("", cursor, "seekBefore(b)");
        }
    }

    @Test
    @DisplayName("forward and backward walks meet every entry, in order, and end at none")
    default void walks() {
        for (int count : new int[] {1, 2, 3, 40}) {
            List<Entry> entries = numbered(count);
            Step.at("a walk forward and one backward over " + count + " entries");
            try (Cursor cursor = cursorOver(entries)) {
                cursor.seekToFirst();
                for (int i = 0; i < count; i++) {
                    assertEquals(entries.get(i), read(cursor), "entry " + i + " of " + count + ", forward");
                    cursor.next();
                }
                assertFalse(cursor.isValid(), "isValid() behind the last of " + count);
                cursor.seekToLast();
                for (int i = count - 1; i >= 0; i--) {
                    assertEquals(entries.get(i), read(cursor), "entry " + i + " of " + count + ", backward");
                    cursor.prev();
                }
                assertFalse(cursor.isValid(), "isValid() before the first of " + count);
            }
        }
    }

    @Test
    @DisplayName("seek finds the first key that is not less, seekBefore the last that is less: at every key and gap")
    default void seeks() {
        List<Entry> entries = numbered(30);
        try (Cursor cursor = cursorOver(entries)) {
            for (int number = 0; number <= 2 * entries.size(); number++) {
                Slice key = key(number);
                Step.at("seek(" + key + ") and seekBefore(" + key + ") in key001, key003 … key059");
                cursor.seek(key);
                assertEquals(at(entries, number / 2), here(cursor), "seek(" + key + ") in key001, key003 … key059");
                cursor.seekBefore(key);
                assertEquals(
                        at(entries, number / 2 - 1),
                        here(cursor),
                        "seekBefore(" + key + ") in key001, key003 … key059");
            }
        }
    }

    @Test
    @DisplayName("a cursor can turn around at every entry")
    default void turns() {
        List<Entry> entries = numbered(30);
        try (Cursor cursor = cursorOver(entries)) {
            for (int i = 0; i < entries.size(); i++) {
                Step.at("seek to entry " + i + " of 30, and next and prev from there");
                cursor.seek(entries.get(i).key());
                cursor.prev();
                assertEquals(at(entries, i - 1), here(cursor), "seek(entry " + i + "), prev");
                cursor.seek(entries.get(i).key());
                cursor.next();
                assertEquals(at(entries, i + 1), here(cursor), "seek(entry " + i + "), next");
                if (cursor.isValid()) {
                    cursor.prev();
                    assertEquals(at(entries, i), here(cursor), "seek(entry " + i + "), next, prev");
                    cursor.next();
                    assertEquals(at(entries, i + 1), here(cursor), "seek(entry " + i + "), next, prev, next");
                }
            }
        }
    }

    @Test
    @DisplayName(
            "at no entry, next, prev, key and value throw IllegalStateException, and a seek brings the cursor back")
    default void atNone() {
        try (Cursor cursor = cursorOver(values("a", "b"))) {
            assertNoEntry(cursor, "a new cursor");
            Step.at("off both ends of a=1, b=2, and back by a seek");
            cursor.seekToLast();
            cursor.next();
            assertNoEntry(cursor, "a cursor that ran off the end");
            cursor.seek(utf8("a"));
            assertAt("a", cursor, "run off the end, then seek(a)");
            cursor.prev();
            assertNoEntry(cursor, "a cursor that ran off the beginning");
            cursor.seekToFirst();
            assertAt("a", cursor, "run off the beginning, then seekToFirst");
            cursor.seek(utf8("c"));
            assertNoEntry(cursor, "a cursor after a seek above the last key");
            cursor.seekToLast();
            assertAt("b", cursor, "sought above the last key, then seekToLast");
        }
    }

    @Test
    @DisplayName("with no entries, or as few as there can be, every seek beyond them leads to none")
    default void fewestEntries() {
        List<Entry> fewest = canBeEmpty() ? List.of() : values("m");
        Step.at("the four seeks over " + fewest);
        try (Cursor cursor = cursorOver(fewest)) {
            cursor.seek(utf8("m+"));
            assertNoEntry(cursor, "a cursor over " + fewest + " after a seek above all of it");
            cursor.seekBefore(utf8("m"));
            assertNoEntry(cursor, "a cursor over " + fewest + " after a seekBefore below all of it");
            cursor.seekToFirst();
            assertEquals(at(fewest, 0), here(cursor), "seekToFirst over " + fewest);
            cursor.seekToLast();
            assertEquals(at(fewest, fewest.size() - 1), here(cursor), "seekToLast over " + fewest);
        }
    }

    @Test
    @DisplayName("keys and values that were read stay as they are when the cursor moves on")
    default void whatWasReadStays() {
        List<Entry> entries = numbered(40);
        List<Entry> read = new ArrayList<>();
        Step.at("a walk over 40 entries, with key() and value() of each");
        try (Cursor cursor = cursorOver(entries)) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                read.add(entryAt(cursor));
            }
        }
        assertEquals(entries, read, "what was read, looked at when the cursor was closed");
    }

    @Test
    @DisplayName("keys are ordered as unsigned bytes; the empty key is the first, and an empty value is a value")
    default void unsignedKeys() {
        List<Entry> entries = new ArrayList<>(List.of(Entry.value(Slice.EMPTY, utf8("under the empty key"))));
        for (int b : new int[] {0x00, 0x01, 0x7f, 0x80, 0xff}) {
            entries.add(Entry.value(Slice.copyOf((byte) b), Slice.EMPTY));
            entries.add(Entry.value(Slice.copyOf((byte) b, (byte) 0xff), utf8("2")));
        }
        try (Cursor cursor = cursorOver(entries)) {
            for (int i = 0; i < entries.size(); i++) {
                Step.at("seek, next and seekBefore with the key "
                        + entries.get(i).key() + " among " + entries.size());
                cursor.seek(entries.get(i).key());
                assertEquals(
                        at(entries, i), here(cursor), "seek(" + entries.get(i).key() + ")");
                cursor.next();
                assertEquals(
                        at(entries, i + 1),
                        here(cursor),
                        "seek(" + entries.get(i).key() + "), next");
                cursor.seekBefore(entries.get(i).key());
                assertEquals(
                        at(entries, i - 1),
                        here(cursor),
                        "seekBefore(" + entries.get(i).key() + ")");
            }
        }
    }

    @Test
    @DisplayName("random moves lead to where an index into the sorted entries is")
    default void randomMoves() {
        Seeds.check(60, random -> {
            List<Entry> entries = CursorModel.randomEntries(random, 25, showsTombstones() ? 4 : 0);
            if (!entries.isEmpty() || canBeEmpty()) {
                CursorModel.of(entries, () -> cursorOver(entries), this::entryAt)
                        .check(random);
            }
        });
    }

    @Test
    @DisplayName("a closed cursor throws IllegalStateException from every method but close")
    default void closed() {
        Step.at("a cursor over a=1, b=2 that is closed, twice");
        Cursor cursor = cursorOver(values("a", "b"));
        cursor.seekToFirst();
        assertAt("a", cursor, "before it is closed");
        cursor.close();
        cursor.close();
        assertThrows(IllegalStateException.class, cursor::isValid, "isValid of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::seekToFirst, "seekToFirst of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::seekToLast, "seekToLast of a closed cursor");
        assertThrows(IllegalStateException.class, () -> cursor.seek(utf8("a")), "seek of a closed cursor");
        assertThrows(IllegalStateException.class, () -> cursor.seekBefore(utf8("b")), "seekBefore of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::next, "next of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::prev, "prev of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::key, "key of a closed cursor");
        assertThrows(IllegalStateException.class, cursor::value, "value of a closed cursor");
    }

    private Entry read(Cursor cursor) {
        return here(cursor).orElseThrow(() -> new AssertionError("the cursor is at none too early"));
    }

    private Optional<Entry> here(Cursor cursor) {
        return cursor.isValid() ? Optional.of(entryAt(cursor)) : Optional.empty();
    }

    private static void assertAt(String expectedKey, Cursor cursor, String after) {
        String key = cursor.isValid() ? cursor.key().toUtf8() : "";
        assertThat("where the cursor is (\"\" for none): " + after, key, is(expectedKey));
    }

    private static void assertNoEntry(Cursor cursor, String what) {
        assertFalse(cursor.isValid(), "isValid() of " + what);
        assertThrows(IllegalStateException.class, cursor::next, "next of " + what);
        assertThrows(IllegalStateException.class, cursor::prev, "prev of " + what);
        assertThrows(IllegalStateException.class, cursor::key, "key of " + what);
        assertThrows(IllegalStateException.class, cursor::value, "value of " + what);
        assertFalse(cursor.isValid(), "isValid() after those calls of " + what);
    }

    private static Optional<Entry> at(List<Entry> entries, int index) {
        return index >= 0 && index < entries.size() ? Optional.of(entries.get(index)) : Optional.empty();
    }

    /** Values under the odd keys {@code key001}, {@code key003} and so on. */
    private static List<Entry> numbered(int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(Entry.value(key(2 * i + 1), utf8("value " + i)));
        }
        return entries;
    }

    private static List<Entry> values(String... keys) {
        List<Entry> entries = new ArrayList<>();
        for (String key : keys) {
            entries.add(Entry.value(utf8(key), utf8(Integer.toString(entries.size() + 1))));
        }
        return entries;
    }

    private static Slice key(int number) {
        return utf8(String.format("key%03d", number));
    }

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }
}

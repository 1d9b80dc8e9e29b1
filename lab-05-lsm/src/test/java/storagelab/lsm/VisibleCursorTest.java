package storagelab.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NavigableMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.sstable.InternalKey;
import storagelab.testkit.CursorContract;
import storagelab.testkit.lsm.KeptEntries;
import storagelab.testkit.lsm.MapCursor;

@Tag("5.15")
class VisibleCursorTest implements CursorContract {
    private final NavigableMap<Slice, Slice> entries = KeptEntries.none();

    private void put(String user, long sequence) {
        put(Slice.utf8(user), sequence, Slice.utf8(user + "@" + sequence));
    }

    private void put(Slice user, long sequence, Slice value) {
        entries.put(InternalKey.of(user, sequence, ValueKind.VALUE), value);
    }

    private void delete(Slice user, long sequence) {
        entries.put(InternalKey.of(user, sequence, ValueKind.DELETION), Slice.EMPTY);
    }

    /** The entries with older versions, newer ones, and keys that are deleted or not there yet between them. */
    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        entries.clear();
        for (int i = 0; i < sorted.size(); i++) {
            Slice user = sorted.get(i).key();
            for (int version = 0; version < i % 12; version++) {
                put(user, version, Slice.utf8("older"));
                put(user, 101 + version, Slice.utf8("newer"));
            }
            if (i % 3 == 0) {
                delete(user, 90);
                delete(user, 120);
            }
            put(user, 99, sorted.get(i).value());
        }
        return new VisibleCursor(new MapCursor(entries), 100);
    }

    @Test
    @DisplayName("the worked example: what is too new and what was deleted does not show, in both directions")
    void example() {
        put("a", 9);
        put("a", 5);
        delete(Slice.utf8("b"), 6);
        put("b", 2);
        put("c", 8);
        put("d", 7);
        put("d", 1);
        MapCursor all = new MapCursor(entries);
        VisibleCursor cursor = new VisibleCursor(all, 7);
        cursor.seekToFirst();
        assertAt("a@5", cursor);
        cursor.next();
        assertAt("d@7", cursor);
        cursor.prev();
        assertAt("a@5", cursor);
        cursor.seek(Slice.utf8("b"));
        assertAt("d@7", cursor);
        cursor.seekBefore(Slice.utf8("d"));
        assertAt("a@5", cursor);
        cursor.seekToLast();
        assertAt("d@7", cursor);
        cursor.close();
        cursor.close();
        assertEquals(1, all.closes(), "times that the entries were closed");
    }

    private static void assertAt(String value, Cursor cursor) {
        assertTrue(cursor.isValid(), "the cursor is at no key and should be at " + value);
        assertEquals(value, cursor.value().toUtf8());
        assertEquals(value.substring(0, 1), cursor.key().toUtf8());
    }

    @Test
    @DisplayName("a key with ten thousand versions is passed with a few calls, in both directions")
    void manyVersions() {
        put("a", 5);
        for (int i = 0; i < 10_000; i++) {
            put("b", i);
        }
        put("c", 5);
        MapCursor all = new MapCursor(entries);
        VisibleCursor cursor = new VisibleCursor(all, 5000);
        cursor.seekToFirst();
        cursor.next();
        assertAt("b@5000", cursor);
        cursor.next();
        cursor.prev();
        assertAt("b@5000", cursor);
        cursor.prev();
        assertAt("a@5", cursor);
        long calls = all.seeks() + all.steps();
        assertTrue(calls <= 5 * 3 * 32, calls + " calls for five moves over three keys: are all versions walked over?");
    }
}

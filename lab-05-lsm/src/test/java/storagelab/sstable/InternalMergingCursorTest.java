package storagelab.sstable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.KeptEntries;
import storagelab.testkit.lsm.MapCursor;

@Tag("5.15")
class InternalMergingCursorTest {
    private static Slice put(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.VALUE);
    }

    private static MapCursor over(Slice... keys) {
        NavigableMap<Slice, Slice> entries = KeptEntries.none();
        for (Slice key : keys) {
            entries.put(key, Slice.utf8("value of " + InternalKey.toString(key)));
        }
        return new MapCursor(entries);
    }

    private static void assertAt(String key, InternalCursor cursor) {
        assertEquals(key, InternalKey.toString(cursor.key()));
        assertEquals("value of " + key, cursor.value().toUtf8());
    }

    @Test
    @DisplayName("the worked example: three cursors, a change of direction, a seek")
    void workedExample() {
        List<MapCursor> cursors =
                List.of(over(put("a", 9), put("c", 2)), over(put("b", 5)), over(put("a", 3), put("b", 1), put("d", 4)));
        InternalMergingCursor merged = new InternalMergingCursor(cursors);
        merged.seekToFirst();
        for (String expected : List.of("a@9", "a@3", "b@5", "b@1")) {
            assertAt(expected, merged);
            merged.next();
        }
        merged.prev();
        merged.prev();
        assertAt("b@5", merged);
        merged.seek(put("c", 7));
        assertAt("c@2", merged);
        merged.close();
        assertFalse(merged.isValid(), "valid after it was closed");
        cursors.forEach(cursor -> assertEquals(1, cursor.closes(), "times that a cursor was closed"));
    }

    @Test
    @DisplayName("of no cursors, and of cursors without entries, there is no entry")
    void none() {
        for (InternalMergingCursor merged :
                List.of(new InternalMergingCursor(List.of()), new InternalMergingCursor(List.of(over(), over())))) {
            merged.seekToFirst();
            assertFalse(merged.isValid(), "valid after seekToFirst()");
            merged.seekToLast();
            assertFalse(merged.isValid(), "valid after seekToLast()");
            merged.seek(put("a", 3));
            assertFalse(merged.isValid(), "valid after seek()");
            assertThrows(IllegalStateException.class, merged::key);
            assertThrows(IllegalStateException.class, merged::next);
        }
    }

    @Test
    @DisplayName("any moves lead to where they lead in one map of all entries")
    void random() {
        Seeds.check(30, random -> {
            NavigableMap<Slice, Slice> all = KeptEntries.none();
            List<NavigableMap<Slice, Slice>> parts = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                parts.add(KeptEntries.none());
            }
            for (int i = random.nextInt(30); i > 0; i--) {
                Slice key = put("k" + random.nextInt(5), i);
                all.put(key, Slice.utf8("v" + i));
                parts.get(random.nextInt(parts.size())).put(key, Slice.utf8("v" + i));
            }
            MapCursor expected = new MapCursor(all);
            InternalMergingCursor merged =
                    new InternalMergingCursor(parts.stream().map(MapCursor::new).toList());
            for (int step = 0; step < 100; step++) {
                int move = random.nextInt(10);
                Slice sought = put("k" + random.nextInt(6), random.nextInt(31));
                for (InternalCursor cursor : List.of(expected, merged)) {
                    move(cursor, move, sought);
                }
                assertEquals(expected.isValid(), merged.isValid(), "isValid() after step " + step);
                if (expected.isValid()) {
                    assertEquals(expected.key(), merged.key(), "key() after step " + step);
                    assertEquals(expected.value(), merged.value(), "value() after step " + step);
                }
            }
        });
    }

    private static void move(InternalCursor cursor, int move, Slice sought) {
        if (move == 0 || (move > 2 && !cursor.isValid())) {
            cursor.seekToFirst();
        } else if (move == 1) {
            cursor.seekToLast();
        } else if (move == 2) {
            cursor.seek(sought);
        } else if (move < 7) {
            cursor.next();
        } else {
            cursor.prev();
        }
    }
}

package storagelab.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.sstable.InternalKey;
import storagelab.testkit.lsm.KeptEntries;
import storagelab.testkit.lsm.MapCursor;

@Tag("5.17")
class FilteredCursorTest {
    private static void put(NavigableMap<Slice, Slice> entries, String user, long sequence, String value) {
        entries.put(InternalKey.of(Slice.utf8(user), sequence, ValueKind.VALUE), Slice.utf8(value));
    }

    @Test
    @DisplayName(
            "the worked example: the newest of a key that no snapshot sees becomes a deletion, the others are not asked")
    void workedExample() {
        NavigableMap<Slice, Slice> entries = KeptEntries.none();
        put(entries, "a", 9, "old");
        put(entries, "a", 8, "old");
        put(entries, "b", 7, "new");
        entries.put(InternalKey.of(Slice.utf8("c"), 6, ValueKind.DELETION), Slice.EMPTY);
        put(entries, "c", 3, "old");
        put(entries, "d", 5, "old");
        List<String> asked = new ArrayList<>();
        CompactionFilter filter = (key, value) -> {
            asked.add(key.toUtf8());
            return value.equals(Slice.utf8("old"));
        };
        MapCursor all = new MapCursor(entries);
        FilteredCursor cursor = new FilteredCursor(all, filter, 5);
        List<String> seen = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            seen.add(InternalKey.toString(cursor.key()) + "=" + cursor.value().toUtf8());
        }
        cursor.close();
        assertEquals(List.of("a@9†=", "a@8=old", "b@7=new", "c@6†=", "c@3=old", "d@5=old"), seen);
        assertEquals(List.of("a", "b"), asked);
        assertEquals(1, cursor.dropped());
        assertEquals(1, all.closes());
    }
}

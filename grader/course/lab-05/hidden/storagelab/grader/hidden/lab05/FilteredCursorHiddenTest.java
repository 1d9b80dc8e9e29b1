package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.compaction.CompactionFilter;
import storagelab.compaction.FilteredCursor;
import storagelab.sstable.InternalKey;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.KeptEntries;
import storagelab.testkit.lsm.MapCursor;

/** Exercise 5.17: which values of a merge become deletions. */
@Tag("5.17")
class FilteredCursorHiddenTest {
    private static final Slice OLD = Slice.utf8("old");

    /** What a cursor shows, in words, and what it has asked. */
    private record Seen(List<String> entries, List<String> asked, long dropped) {}

    private static Seen seen(NavigableMap<Slice, Slice> entries, long newestSnapshot) {
        List<String> asked = new ArrayList<>();
        CompactionFilter filter = (key, value) -> {
            asked.add(key.toUtf8() + "=" + value.toUtf8());
            return value.equals(OLD);
        };
        List<String> seen = new ArrayList<>();
        FilteredCursor cursor = new FilteredCursor(new MapCursor(entries), filter, newestSnapshot);
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            seen.add(InternalKey.toString(cursor.key()) + "=" + cursor.value().toUtf8());
        }
        return new Seen(seen, asked, cursor.dropped());
    }

    private static void put(NavigableMap<Slice, Slice> entries, String key, long sequence, String value) {
        entries.put(InternalKey.of(Slice.utf8(key), sequence, ValueKind.VALUE), Slice.utf8(value));
    }

    @Test
    @DisplayName("of any entries, the newest value of a key that no snapshot sees is asked about, once, and no other")
    void model() {
        Seeds.check(50, random -> {
            NavigableMap<Slice, Slice> entries = KeptEntries.none();
            for (int i = 0; i < 40; i++) {
                boolean isValue = random.nextInt(5) > 0;
                Slice key = Slice.utf8("k" + "x".repeat(random.nextInt(12)));
                String value = !isValue ? "" : random.nextBoolean() ? "old" : "new";
                entries.put(
                        InternalKey.of(key, 1 + i, isValue ? ValueKind.VALUE : ValueKind.DELETION), Slice.utf8(value));
            }
            long snapshot = random.nextInt(45) - 1;
            List<String> expected = new ArrayList<>();
            List<String> asked = new ArrayList<>();
            long dropped = 0;
            String last = "";
            for (Map.Entry<Slice, Slice> entry : entries.entrySet()) {
                String key = InternalKey.userKey(entry.getKey()).toUtf8();
                String words = InternalKey.toString(entry.getKey());
                String value = entry.getValue().toUtf8();
                boolean asks =
                        !key.equals(last) && !words.endsWith("†") && InternalKey.sequence(entry.getKey()) > snapshot;
                last = key;
                if (asks) {
                    asked.add(key + "=" + value);
                }
                boolean drops = asks && value.equals("old");
                dropped += drops ? 1 : 0;
                expected.add(drops ? words + "†=" : words + "=" + value);
            }
            Seen seen = seen(entries, snapshot);
            String what = " of " + KeptEntries.describe(entries) + " with the newest snapshot at " + snapshot;
            assertEquals(String.join(" ", expected), String.join(" ", seen.entries), "entries" + what);
            assertEquals(
                    String.join(" ", asked), String.join(" ", seen.asked), "what the filter was asked about" + what);
            assertEquals(dropped, seen.dropped, "values dropped" + what);
        });
    }

    @Test
    @DisplayName("what a snapshot reads stays, up to its very sequence")
    void snapshots() {
        NavigableMap<Slice, Slice> entries = KeptEntries.none();
        put(entries, "a", 6, "old");
        put(entries, "b", 5, "old");
        assertEquals("a@6†= b@5=old", String.join(" ", seen(entries, 5).entries), "entries with a snapshot at 5");
        assertEquals("a@6†= b@5†=", String.join(" ", seen(entries, -1).entries), "entries without a snapshot");
    }

    @Test
    @DisplayName("looking at an entry again asks nobody again, and the entries are closed with the cursor")
    void again() {
        NavigableMap<Slice, Slice> entries = KeptEntries.none();
        put(entries, "a", 9, "old");
        List<Slice> asked = new ArrayList<>();
        MapCursor all = new MapCursor(entries);
        FilteredCursor cursor = new FilteredCursor(
                all,
                (key, value) -> {
                    asked.add(key);
                    return true;
                },
                -1);
        cursor.seekToFirst();
        for (int i = 0; i < 3; i++) {
            assertEquals("a@9†", InternalKey.toString(cursor.key()), "the key, looked at again");
            assertEquals(0, cursor.value().length(), "length of the value of a deletion");
        }
        assertEquals(1, asked.size(), "questions about one entry");
        cursor.seekToFirst();
        assertEquals("a@9†", InternalKey.toString(cursor.key()), "the key, when the cursor begins again");
        cursor.next();
        assertEquals(false, cursor.isValid(), "is there an entry behind the last");
        assertThrows(IllegalStateException.class, cursor::key, "key() after the last entry");
        assertThrows(IllegalStateException.class, cursor::value, "value() after the last entry");
        cursor.close();
        assertEquals(1, all.closes(), "closes of the entries");
    }

    @Test
    @DisplayName("a value is fetched if the filter is asked about it or a caller wants it, and not otherwise")
    void fetchesWhatIsWanted() {
        NavigableMap<Slice, Slice> entries = KeptEntries.none();
        put(entries, "a", 9, "old");
        put(entries, "a", 8, "old");
        put(entries, "b", 7, "new");
        put(entries, "b", 6, "new");
        put(entries, "c", 3, "old");
        put(entries, "d", 2, "new");
        MapCursor all = new MapCursor(entries);
        FilteredCursor cursor = new FilteredCursor(all, (key, value) -> value.equals(OLD), 5);
        int count = 0;
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            count++;
        }
        assertEquals(6, count, "entries");
        assertEquals(
                2,
                all.values(),
                "values that were fetched of six entries, of which the filter is asked about a@9"
                        + " and b@7, and no caller wants any");
    }
}

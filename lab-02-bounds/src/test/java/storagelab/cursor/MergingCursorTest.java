package storagelab.cursor;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static storagelab.testkit.StoreMatchers.atMost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.testkit.CursorContract;
import storagelab.testkit.CursorModel;
import storagelab.testkit.Seeds;

@Tag("2.7")
class MergingCursorTest implements CursorContract {
    private static final int ENTRIES = 200;

    /** The entries in five sources, one in each; the older sources have older values of some of them, too. */
    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        List<List<Entry>> sources = new ArrayList<>();
        for (int age = 0; age < 5; age++) {
            sources.add(new ArrayList<>());
        }
        for (int i = 0; i < sorted.size(); i++) {
            int newest = i * 7 % 5;
            sources.get(newest).add(sorted.get(i));
            for (int older = newest + 1; older < 5; older++) {
                if ((i + older) % 3 == 0) {
                    Slice key = sorted.get(i).key();
                    sources.get(older).add(older == 2 ? Entry.tombstone(key) : Entry.value(key, Slice.utf8("old")));
                }
            }
        }
        return merging(sources);
    }

    @Test
    @DisplayName("the worked example of the task")
    void example() {
        try (Cursor cursor = merging(List.of(parse("b† d=4"), parse("a=2 b=2"), parse("b=1 c=1 d=1")))) {
            cursor.seekToFirst();
            assertEquals("a=2", here(cursor), "seekToFirst()");
            cursor.next();
            assertEquals("c=1", here(cursor), "next() from a: b is deleted");
            cursor.next();
            assertEquals("d=4", here(cursor), "next() from c: the newest source has d=4");
            cursor.prev();
            assertEquals("c=1", here(cursor), "prev() from d, a change of direction");
            cursor.prev();
            assertEquals("a=2", here(cursor), "prev() from c: b is deleted");
            cursor.next();
            assertEquals("c=1", here(cursor), "next() from a, after another change of direction");
            cursor.seekBefore(Slice.utf8("c"));
            assertEquals("a=2", here(cursor), "seekBefore(c)");
        }
    }

    @Test
    @DisplayName("random sources show what a map of the newest entries shows, for any walk")
    void randomSources() {
        Seeds.check(300, random -> {
            List<List<Entry>> sources = randomSources(random, random.nextInt(10));
            try {
                CursorModel.of(newest(sources), () -> merging(sources)).check(random);
            } catch (AssertionError e) {
                throw new AssertionError("sources, newest first: " + sources + "\n" + e.getMessage(), e);
            }
        });
    }

    @Test
    @DisplayName("a step makes at most ⌈log₂ k⌉ + 1 comparisons of keys: 2 for two sources, 4 for eight, 5 for nine")
    void comparisonsOfAStep() {
        Seeds.check(10, random -> {
            for (int[] sourcesAndLimit : new int[][] {{1, 1}, {2, 2}, {8, 4}, {9, 5}}) {
                int sources = sourcesAndLimit[0];
                long[] comparisons = {0};
                List<ListCursor> cursors = disjointSources(random, sources);
                try (Cursor cursor = new MergingCursor(cursors, (one, other) -> {
                    comparisons[0]++;
                    return one.compareTo(other);
                })) {
                    cursor.seekToFirst();
                    for (int i = 0; i < ENTRIES - 1; i++) {
                        comparisons[0] = 0;
                        cursor.next();
                        assertThat(
                                "next() from entry " + i + " of " + sources + " sources without a common key",
                                comparisons[0],
                                atMost(
                                        sourcesAndLimit[1],
                                        "comparisons",
                                        "let the moved source play only the matches on its way up the tree"));
                    }
                    assertEquals(key(ENTRIES - 1), cursor.key(), "the last of " + ENTRIES + " entries");
                    comparisons[0] = 0;
                    cursor.prev();
                    assertThat(
                            "prev() after next(), a change of direction, with " + sources + " sources",
                            comparisons[0],
                            atMost(
                                    (long) sources * sourcesAndLimit[1],
                                    "comparisons",
                                    "move every source by one entry, then play the tournament anew"));
                }
            }
        });
    }

    @Test
    @DisplayName("closing it closes every source")
    void closesSources() {
        List<String> closed = new ArrayList<>();
        new MergingCursor(List.of(new CloseWatch(closed), new CloseWatch(closed))).close();
        assertEquals(2, closed.size(), "sources closed");
    }

    private static MergingCursor merging(List<List<Entry>> newestFirst) {
        return new MergingCursor(newestFirst.stream().map(ListCursor::new).toList());
    }

    /** Two hundred keys, each in one of the sources. */
    private static List<ListCursor> disjointSources(Random random, int count) {
        List<List<Entry>> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sources.add(new ArrayList<>());
        }
        for (int i = 0; i < ENTRIES; i++) {
            sources.get(random.nextInt(count)).add(Entry.value(key(i), Slice.EMPTY));
        }
        return sources.stream().map(ListCursor::new).toList();
    }

    private static Slice key(int number) {
        return Slice.utf8(String.format("key%03d", number));
    }

    private static List<List<Entry>> randomSources(Random random, int count) {
        List<List<Entry>> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sources.add(CursorModel.randomEntries(random, 15, 3));
        }
        return sources;
    }

    private static List<Entry> newest(List<List<Entry>> newestFirst) {
        Map<Slice, Entry> newest = new TreeMap<>();
        for (List<Entry> source : newestFirst) {
            source.forEach(entry -> newest.putIfAbsent(entry.key(), entry));
        }
        newest.values().removeIf(Entry::tombstone);
        return List.copyOf(newest.values());
    }

    private static String here(Cursor cursor) {
        return cursor.isValid() ? cursor.key() + "=" + cursor.value() : "none";
    }

    private static List<Entry> parse(String words) {
        List<Entry> entries = new ArrayList<>();
        for (String word : words.split(" ", -1)) {
            Slice key = Slice.utf8(word.substring(0, 1));
            entries.add(word.endsWith("†") ? Entry.tombstone(key) : Entry.value(key, Slice.utf8(word.substring(2))));
        }
        return entries;
    }
}

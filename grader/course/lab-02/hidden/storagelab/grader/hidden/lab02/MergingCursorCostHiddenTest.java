package storagelab.grader.hidden.lab02;

import static org.hamcrest.MatcherAssert.assertThat;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.testkit.StoreMatchers.atMost;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.cursor.ListCursor;
import storagelab.cursor.MergingCursor;

/** Exercise 2.7: what a merge costs, counted in comparisons, in movements of the sources, and in bytes allocated. */
@Tag("2.7")
class MergingCursorCostHiddenTest {
    private static final int[] SOURCES = {1, 2, 3, 4, 5, 7, 8, 9, 16, 33};
    private static final int ENTRIES = 60;
    private static final String ADVICE = "let the moved source play only the matches on its way up the tree";

    @Test
    @DisplayName("a step makes at most ⌈log₂ k⌉ + 1 comparisons, forward and backward, for every pattern of sources")
    void comparisonsOfAStep() {
        for (int k : SOURCES) {
            patterns(k).forEach((pattern, sources) -> {
                MergeCosts costs = new MergeCosts(sources);
                Cursor cursor = costs.cursor();
                String input = k + " sources of " + ENTRIES + " entries, " + pattern;
                cursor.seekToFirst();
                while (cursor.isValid()) {
                    costs.reset();
                    cursor.next();
                    assertStep(costs, k, input + ": next()");
                }
                cursor.seekToLast();
                while (cursor.isValid()) {
                    costs.reset();
                    cursor.prev();
                    assertStep(costs, k, input + ": prev()");
                }
            });
        }
    }

    @Test
    @DisplayName("a walk moves each source once for each of its entries, and seeks no more than once in each")
    void movementsOfAWalk() {
        for (int k : SOURCES) {
            patterns(k).forEach((pattern, sources) -> {
                long entries = sources.stream().mapToLong(List::size).sum();
                MergeCosts costs = new MergeCosts(sources);
                String input = k + " sources of " + ENTRIES + " entries, " + pattern + ": ";
                costs.reset();
                int shown = 0;
                for (costs.cursor().seekToFirst();
                        costs.cursor().isValid();
                        costs.cursor().next()) {
                    shown++;
                }
                assertEquals(MergeCosts.newest(sources).size(), shown, input + "entries shown");
                assertThat(
                        input + "a walk",
                        costs.steps(),
                        atMost(entries, "moves of a source", "each entry of a source is left once"));
                assertThat(
                        input + "a walk",
                        costs.seeks(),
                        atMost(k, "seeks in sources", "next moves the source it leaves, and seeks in none"));
            });
        }
    }

    @Test
    @DisplayName("a seek seeks in each source once, with at most k · (⌈log₂ k⌉ + 1) comparisons")
    void costOfASeek() {
        for (int k : SOURCES) {
            MergeCosts costs = new MergeCosts(takingTurns(k, ENTRIES));
            Random random = new Random(k);
            for (int i = 0; i < 40; i++) {
                Slice key = key(random.nextInt(k * ENTRIES));
                costs.reset();
                if (i % 2 == 0) {
                    costs.cursor().seek(key);
                } else {
                    costs.cursor().seekBefore(key);
                }
                String input = (i % 2 == 0 ? "seek(" : "seekBefore(") + key + ") in " + k + " sources";
                assertThat(input, costs.seeks(), atMost(k, "seeks in sources", "one in each is enough"));
                assertThat(input, costs.steps(), atMost(0, "moves of a source", "each source can seek by itself"));
                assertThat(
                        input,
                        costs.comparisons(),
                        atMost(
                                k * MergeCosts.limitOfAStep(k),
                                "comparisons",
                                "a tournament of k has k - 1 matches; sources compare keys themselves"));
            }
        }
    }

    @Test
    @DisplayName("a change of direction moves each source at most twice, with at most k · (⌈log₂ k⌉ + 1) comparisons")
    void costOfATurn() {
        for (int k : SOURCES) {
            MergeCosts costs = new MergeCosts(takingTurns(k, ENTRIES));
            Cursor cursor = costs.cursor();
            for (int i = 2; i < k * ENTRIES - 2; i += 1 + k / 3) {
                cursor.seek(key(i));
                costs.reset();
                cursor.prev();
                assertTurn(costs, k, "prev() after seek(" + key(i) + ") in " + k + " sources");
                costs.reset();
                cursor.next();
                assertTurn(costs, k, "next() after that");
                assertEquals(key(i), cursor.key(), "seek(" + key(i) + "), prev, next in " + k + " sources");
            }
        }
    }

    @Test
    @DisplayName("walking, turning and seeking allocate no memory")
    void allocatesNothing() {
        int entries = 30_000;
        List<ListCursor> sources = new ArrayList<>();
        for (List<Entry> source : takingTurns(8, entries / 8)) {
            sources.add(new ListCursor(source));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Cursor cursor = new MergingCursor(sources)) {
            assertEquals(entries, moveAbout(cursor), "entries met forward and backward, half each");
            long thread = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(thread);
            int met = moveAbout(cursor);
            long allocated = threads.getThreadAllocatedBytes(thread) - before;
            assertEquals(entries, met, "entries met forward and backward, half each, a second time");
            assertThat(
                    "a walk over " + entries + " entries of 8 sources that has been made once before",
                    allocated,
                    atMost(
                            entries,
                            "bytes allocated",
                            "keep what changes in fields and arrays that are made once, no objects for each entry"));
        }
    }

    @Test
    @DisplayName("a thousand seeks and a thousand changes of direction allocate no memory")
    void seeksAndTurnsAllocateNothing() {
        List<ListCursor> sources = new ArrayList<>();
        for (List<Entry> source : takingTurns(8, 20)) {
            sources.add(new ListCursor(source));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        Slice middle = key(80);
        try (Cursor cursor = new MergingCursor(sources)) {
            seekAndTurn(cursor, middle);
            long before = threads.getThreadAllocatedBytes(thread);
            seekAndTurn(cursor, middle);
            long allocated = threads.getThreadAllocatedBytes(thread) - before;
            assertThat(
                    "a thousand times seek, prev, next, seekBefore, seekToFirst and seekToLast over 8 sources",
                    allocated,
                    atMost(4_000, "bytes allocated", "use the arrays again that the constructor has made"));
        }
    }

    private static void seekAndTurn(Cursor cursor, Slice middle) {
        for (int i = 0; i < 1_000; i++) {
            cursor.seek(middle);
            cursor.prev();
            cursor.next();
            cursor.seekBefore(middle);
            cursor.seekToFirst();
            cursor.seekToLast();
        }
        assertEquals(key(159), cursor.key(), "where seekToLast() leads");
    }

    private static int moveAbout(Cursor cursor) {
        int met = 0;
        cursor.seekToFirst();
        for (int i = 0; i < 15_000; i++, cursor.next()) {
            met++;
        }
        for (int i = 0; i < 15_000 && cursor.isValid(); i++, cursor.prev()) {
            met++;
        }
        return met;
    }

    private static void assertStep(MergeCosts costs, int k, String what) {
        assertThat(
                what + ", which moved " + costs.steps() + " times a source",
                costs.comparisons(),
                atMost(costs.steps() * MergeCosts.limitOfAStep(k), "comparisons", ADVICE));
    }

    private static void assertTurn(MergeCosts costs, int k, String what) {
        assertThat(
                what,
                costs.steps() + costs.seeks(),
                atMost(2L * k, "moves of and seeks in sources", "each has to get to the other side of one key"));
        assertThat(
                what,
                costs.comparisons(),
                atMost(k * MergeCosts.limitOfAStep(k), "comparisons", "play the tournament once more"));
    }

    /** What the sources have in common, by its name. */
    private static Map<String, List<List<Entry>>> patterns(int k) {
        Map<String, List<List<Entry>>> patterns = new LinkedHashMap<>();
        patterns.put("taking turns", takingTurns(k, ENTRIES));
        List<List<Entry>> oneAfterTheOther = new ArrayList<>();
        List<List<Entry>> theSameKeys = new ArrayList<>();
        List<List<Entry>> someDeleted = new ArrayList<>();
        List<List<Entry>> mixed = new ArrayList<>();
        Random random = new Random(k);
        for (int source = 0; source < k; source++) {
            oneAfterTheOther.add(new ArrayList<>());
            theSameKeys.add(new ArrayList<>());
            someDeleted.add(new ArrayList<>());
            mixed.add(new ArrayList<>());
            for (int i = 0; i < ENTRIES; i++) {
                oneAfterTheOther.get(source).add(value(source * ENTRIES + i));
                theSameKeys.get(source).add(value(i));
                someDeleted.get(source).add((source + i) % 3 == 0 ? Entry.tombstone(key(i)) : value(i));
                if (random.nextBoolean()) {
                    mixed.get(source).add(random.nextInt(5) == 0 ? Entry.tombstone(key(i)) : value(i));
                }
            }
        }
        patterns.put("one after the other", oneAfterTheOther);
        patterns.put("with the same keys", theSameKeys);
        patterns.put("with the same keys, some deleted", someDeleted);
        patterns.put("with keys drawn at random", mixed);
        return patterns;
    }

    private static List<List<Entry>> takingTurns(int k, int entries) {
        List<List<Entry>> sources = new ArrayList<>();
        for (int source = 0; source < k; source++) {
            sources.add(new ArrayList<>());
            for (int i = 0; i < entries; i++) {
                sources.get(source).add(value(i * k + source));
            }
        }
        return sources;
    }

    private static Entry value(int number) {
        return Entry.value(key(number), Slice.utf8("1"));
    }

    private static Slice key(int number) {
        return Slice.utf8(String.format("key%05d", number));
    }
}

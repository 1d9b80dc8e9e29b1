package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.grader.hidden.kit.Growth;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalMergingCursor;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.KeptEntries;
import storagelab.testkit.lsm.MapCursor;

/** Exercise 5.15: many cursors as one. */
@Tag("5.15")
class InternalMergingCursorHiddenTest {
    /** The entries dealt out to so many cursors: one by one, or in stretches. */
    private static List<MapCursor> dealt(NavigableMap<Slice, Slice> all, int count, Random random) {
        List<NavigableMap<Slice, Slice>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(KeptEntries.none());
        }
        boolean inStretches = random.nextBoolean();
        int part = 0;
        for (Slice key : all.keySet()) {
            part = inStretches && random.nextInt(5) > 0 ? part : random.nextInt(count);
            parts.get(part).put(key, all.get(key));
        }
        return parts.stream().map(MapCursor::new).toList();
    }

    private static String at(InternalCursor cursor) {
        return cursor.isValid() ? InternalKey.toString(cursor.key()) + " = " + cursor.value() : "no entry";
    }

    @Test
    @DisplayName("any moves among up to nine cursors lead to where they lead in one map of all their entries")
    void model() {
        Seeds.check(150, random -> {
            NavigableMap<Slice, Slice> all = Merges.random(random);
            int count = 1 + random.nextInt(9);
            InternalMergingCursor merged = new InternalMergingCursor(dealt(all, count, random));
            MapCursor expected = new MapCursor(all);
            List<CursorMoves> moves = new ArrayList<>();
            assertFalse(merged.isValid(), "a new cursor is at an entry");
            for (int step = 0; step < 100; step++) {
                CursorMoves move = CursorMoves.random(random, expected.isValid());
                moves.add(move);
                move.make(expected);
                move.make(merged);
                if (!at(expected).equals(at(merged))) {
                    List<CursorMoves> last = moves.subList(Math.max(0, moves.size() - 4), moves.size());
                    assertEquals(
                            at(expected),
                            at(merged),
                            "where " + count + " cursors over " + KeptEntries.describe(all) + " are after the moves "
                                    + last);
                }
            }
        });
    }

    private static long calls(MapCursor cursor) {
        return cursor.seeks() + cursor.steps();
    }

    @Test
    @DisplayName("a step moves one cursor by one entry, and none is sent anywhere; a seek seeks once in each")
    void cost() {
        Seeds.check(20, random -> {
            NavigableMap<Slice, Slice> all = Merges.random(random);
            List<MapCursor> cursors = dealt(all, 5, random);
            InternalMergingCursor merged = new InternalMergingCursor(cursors);
            merged.seekToFirst();
            cursors.forEach(cursor -> assertEquals(1, calls(cursor), "calls that move a cursor for seekToFirst()"));
            int entries = 0;
            for (; merged.isValid(); merged.next()) {
                entries++;
            }
            assertEquals(all.size(), entries, "entries of a walk");
            assertCalls(cursors, entries, 5, "a walk forward over " + entries + " entries");
            merged.seekToLast();
            cursors.forEach(cursor -> assertEquals(2, cursor.seeks(), "seeks in a cursor, after seekToLast() too"));
            for (; merged.isValid(); merged.prev()) {
                entries++;
            }
            assertCalls(cursors, entries, 10, "walks forward and back over " + entries + " entries in all");
            merged.seek(Blocks.put("c", 5));
            cursors.forEach(cursor -> assertEquals(3, cursor.seeks(), "seeks in a cursor, after seek() too"));
        });
    }

    private static void assertCalls(List<MapCursor> cursors, int steps, int seeks, String what) {
        long stepsMade = cursors.stream().mapToLong(MapCursor::steps).sum();
        long seeksMade = cursors.stream().mapToLong(MapCursor::seeks).sum();
        assertEquals(steps, stepsMade, "steps of the cursors in " + what);
        assertEquals(seeks, seeksMade, "seeks in the cursors in " + what);
    }

    @Test
    @DisplayName("to turn round moves each cursor at most four times, those that have run off their end, too")
    void turning() {
        NavigableMap<Slice, Slice> all = Merges.entries("a@9 b@8 c@7 d@6 e@5 f@4 g@3 h@2");
        List<MapCursor> cursors = List.of(
                new MapCursor(Merges.entries("a@9 b@8")),
                new MapCursor(Merges.entries("c@7 f@4")),
                new MapCursor(Merges.entries("d@6 e@5")),
                new MapCursor(Merges.entries("g@3 h@2")));
        InternalMergingCursor merged = new InternalMergingCursor(cursors);
        List<Slice> keys = List.copyOf(all.keySet());
        for (int there = 1; there < keys.size(); there++) {
            merged.seekToFirst();
            for (int i = 0; i < there; i++) {
                merged.next();
            }
            for (boolean back : new boolean[] {true, false}) {
                List<Long> before = cursors.stream()
                        .map(InternalMergingCursorHiddenTest::calls)
                        .toList();
                if (back) {
                    merged.prev();
                } else {
                    merged.next();
                }
                String what =
                        (back ? "prev()" : "next() again") + " after seekToFirst() and " + there + " times next()";
                assertEquals(
                        InternalKey.toString(keys.get(back ? there - 1 : there)),
                        InternalKey.toString(merged.key()),
                        what);
                for (int i = 0; i < cursors.size(); i++) {
                    long made = calls(cursors.get(i)) - before.get(i);
                    assertTrue(made <= 5, made + " calls move a cursor for " + what);
                }
            }
        }
    }

    @Test
    @DisplayName("without cursors, without entries and behind the last entry there is none, and no step can be made")
    void none() {
        List<InternalMergingCursor> empty = List.of(
                new InternalMergingCursor(List.of()),
                new InternalMergingCursor(List.of(new MapCursor(KeptEntries.none()))));
        for (InternalMergingCursor merged : empty) {
            assertNone(merged, "a new cursor");
            merged.seekToFirst();
            assertNone(merged, "seekToFirst() without entries");
            merged.seekToLast();
            assertNone(merged, "seekToLast() without entries");
            merged.seek(Blocks.put("a", 1));
            assertNone(merged, "seek() without entries");
        }
        InternalMergingCursor merged = new InternalMergingCursor(
                List.of(new MapCursor(Merges.entries("a@9")), new MapCursor(Merges.entries("a@8 b@2"))));
        merged.seek(Blocks.put("b", 1));
        assertNone(merged, "seek() behind the last entry");
        merged.seekToFirst();
        merged.prev();
        assertNone(merged, "prev() at the first entry");
        merged.seekToLast();
        merged.next();
        assertNone(merged, "next() at the last entry");
    }

    private static void assertNone(InternalCursor cursor, String when) {
        assertFalse(cursor.isValid(), "isValid(): " + when);
        assertThrows(IllegalStateException.class, cursor::key, "key(): " + when);
        assertThrows(IllegalStateException.class, cursor::value, "value(): " + when);
        assertThrows(IllegalStateException.class, cursor::next, "next(): " + when);
        assertThrows(IllegalStateException.class, cursor::prev, "prev(): " + when);
    }

    @Test
    @DisplayName("closing closes every cursor and leaves none at an entry")
    void closing() {
        List<MapCursor> cursors = List.of(
                new MapCursor(Merges.entries("a@9")),
                new MapCursor(Merges.entries("")),
                new MapCursor(Merges.entries("a@8 b@2")));
        InternalMergingCursor merged = new InternalMergingCursor(cursors);
        merged.seekToFirst();
        merged.close();
        assertFalse(merged.isValid(), "isValid() after close()");
        cursors.forEach(cursor -> assertEquals(1, cursor.closes(), "times that a cursor was closed"));
    }

    @Test
    @DisplayName("as long as one cursor leads, a step costs as much with thousands of others as with a few")
    void leaderStays() {
        NavigableMap<Slice, Slice> run = KeptEntries.none();
        for (int i = 0; i < 10_000; i++) {
            run.put(Blocks.put("a%06d".formatted(i), 1), Slice.EMPTY);
        }
        Growth.check("a step while one cursor leads", "cursors", count -> {
            List<MapCursor> cursors = new ArrayList<>();
            cursors.add(new MapCursor(run));
            for (int i = 1; i < count; i++) {
                cursors.add(new MapCursor(Merges.entries("z" + i + "@1")));
            }
            InternalMergingCursor merged = new InternalMergingCursor(cursors);
            merged.seekToFirst();
            return () -> {
                for (int i = 0; i < 1000; i++) {
                    merged.next();
                }
                assertTrue(merged.isValid(), "the merge has ended among the first 9,000 of many entries");
            };
        });
    }
}

package storagelab.grader.hidden.lab02;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.cursor.ListCursor;
import storagelab.cursor.MergingCursor;
import storagelab.testkit.CursorContract;
import storagelab.testkit.CursorModel;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 2.7: what a merge of several sources shows. */
@Tag("2.7")
class MergingCursorHiddenTest implements CursorContract {
    /** The entries spread over seven sources, with older values, newer nothing, and deleted keys between them. */
    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        List<List<Entry>> sources = new ArrayList<>();
        for (int age = 0; age < 7; age++) {
            sources.add(new ArrayList<>());
        }
        for (int i = 0; i < sorted.size(); i++) {
            Entry entry = sorted.get(i);
            int newest = i * 5 % 7;
            sources.get(newest).add(entry);
            for (int older = newest + 1; older < 7; older += 2) {
                sources.get(older)
                        .add(older % 3 == 0 ? Entry.tombstone(entry.key()) : value(entry.key(), "older than newest"));
            }
            Slice deleted = Slice.utf8(entry.key().toUtf8() + "\0deleted");
            boolean fits = entry.key().compareTo(deleted) < 0
                    && (i + 1 == sorted.size()
                            || deleted.compareTo(sorted.get(i + 1).key()) < 0);
            if (i % 3 == 0 && fits) {
                sources.get(0).add(Entry.tombstone(deleted));
                sources.get(1 + i % 6).add(value(deleted, "deleted"));
            }
        }
        return merging(sources);
    }

    @Test
    @DisplayName("of entries with the same key the newest source's counts, whichever way the cursor came")
    void newestWins() {
        for (int sources = 2; sources <= 9; sources++) {
            List<List<Entry>> all = new ArrayList<>();
            for (int age = 0; age < sources; age++) {
                String value = "source " + age;
                all.add(IntStream.range(0, 5)
                        .mapToObj(i -> value(key(i), value))
                        .toList());
            }
            try (Cursor cursor = merging(all)) {
                for (int i = 0; i < 5; i++) {
                    String expected = key(i) + "=source 0";
                    String input = sources + " sources, all with key00 to key04; ";
                    cursor.seek(key(i));
                    assertEquals(expected, here(cursor), input + "seek(" + key(i) + ")");
                    cursor.seekBefore(key(i + 1));
                    assertEquals(expected, here(cursor), input + "seekBefore(" + key(i + 1) + ")");
                    if (i > 0) {
                        cursor.prev();
                        cursor.next();
                        assertEquals(expected, here(cursor), input + "at " + key(i) + ", prev, next");
                    }
                    if (i < 4) {
                        cursor.next();
                        cursor.prev();
                        assertEquals(expected, here(cursor), input + "at " + key(i) + ", next, prev");
                    }
                }
                assertEquals(5, walk(cursor).size(), sources + " sources, all with the same 5 keys: entries met");
            }
        }
    }

    @Test
    @DisplayName("a tombstone hides what is older and not what is newer")
    void tombstones() {
        assertMerge("a=1 c=3", "b†", "a=1 b=2 c=3");
        assertMerge("a=1 b=2 c=3", "b=2", "b†", "a=1 b=1 c=3");
        assertMerge("a=1", "b† c†", "a=1 b=1", "c=1");
        assertMerge("", "a† b†", "a=1", "b=1");
        assertMerge("", "a†", "b†", "c†");
        assertMerge("b=1", "a†", "b=1 c†", "a=1 c=1");
        assertMerge("a=", "a=", "a=1");
    }

    @Test
    @DisplayName("random sources show what a map of the newest entries shows, for any walk and 0 to 17 sources")
    void randomSources() {
        Seeds.check(300, random -> {
            List<List<Entry>> sources = new ArrayList<>();
            int entriesMax = 1 + random.nextInt(25);
            for (int i = random.nextInt(18); i > 0; i--) {
                sources.add(CursorModel.randomEntries(random, entriesMax, 2 + random.nextInt(5)));
            }
            CursorModel.of(MergeCosts.newest(sources), () -> merging(sources)).check(random);
        });
    }

    @Test
    @DisplayName("turning around at every entry: next and prev, prev and next lead back")
    void turnsEverywhere() {
        List<List<Entry>> sources = List.of(
                parse("c=3 f† i=3"),
                parse("b=2 c=2 e=2 f=2"),
                parse("a=1 d† g=1"),
                parse("d=0 e=0 h† i=0"),
                parse("h=0"));
        List<Entry> expected = MergeCosts.newest(sources);
        try (Cursor cursor = merging(sources)) {
            for (int i = 0; i < expected.size(); i++) {
                cursor.seek(expected.get(i).key());
                String at = "at " + expected.get(i).key() + " of " + describe(expected);
                if (i + 1 < expected.size()) {
                    cursor.next();
                    assertEquals(word(expected.get(i + 1)), here(cursor), at + ": next");
                    cursor.prev();
                    assertEquals(word(expected.get(i)), here(cursor), at + ": next, prev");
                }
                if (i > 0) {
                    cursor.prev();
                    assertEquals(word(expected.get(i - 1)), here(cursor), at + ": prev");
                    cursor.next();
                    assertEquals(word(expected.get(i)), here(cursor), at + ": prev, next");
                }
            }
        }
    }

    @Test
    @DisplayName("sources that have run off an end come back when the direction changes")
    void exhaustedSourcesComeBack() {
        try (Cursor cursor = merging(List.of(parse("a=1 b=1"), parse("c=2 d=2"), parse("e=3 f=3")))) {
            cursor.seek(Slice.utf8("f"));
            for (String expected : List.of("e=3", "d=2", "c=2", "b=1", "a=1")) {
                cursor.prev();
                assertEquals(expected, here(cursor), "a walk backward from f; two sources had only lesser keys");
            }
            for (String expected : List.of("b=1", "c=2", "d=2", "e=3", "f=3")) {
                cursor.next();
                assertEquals(expected, here(cursor), "and forward again from a; two sources had only greater keys");
            }
        }
    }

    @Test
    @DisplayName("100,000 deleted keys in a row are passed over in both directions, without running out of stack")
    void manyDeletedKeys() {
        int deleted = 100_000;
        List<Entry> tombstones = new ArrayList<>();
        List<Entry> values = new ArrayList<>();
        values.add(value(Slice.utf8("a"), "1"));
        for (int i = 0; i < deleted; i++) {
            Slice key = Slice.utf8("b" + (1_000_000 + i));
            tombstones.add(Entry.tombstone(key));
            values.add(value(key, "deleted"));
        }
        values.add(value(Slice.utf8("c"), "2"));
        try (Cursor cursor = merging(List.of(tombstones, values))) {
            cursor.seekToFirst();
            cursor.next();
            assertEquals("c=2", here(cursor), "next() from a over 100000 deleted keys");
            cursor.prev();
            assertEquals("a=1", here(cursor), "prev() from c over 100000 deleted keys");
        } catch (StackOverflowError e) {
            throw new AssertionError(
                    "100000 deleted keys in a row exhaust the stack: pass over them in a loop, not by a call for each",
                    e);
        }
    }

    @Test
    @DisplayName("keys are ordered by the order that is given, and by nothing else")
    void givenOrder() {
        List<List<Entry>> descending = List.of(parse("d=1 b†"), parse("c=2 b=2 a=2"), parse("d=3 c=3"));
        try (Cursor cursor = new MergingCursor(
                descending.stream()
                        .map(source -> new WatchedSource(source, Comparator.reverseOrder()))
                        .toList(),
                Comparator.reverseOrder())) {
            assertEquals(
                    List.of("d=1", "c=2", "a=2"),
                    walk(cursor),
                    "walk over sources that descend, with Comparator.reverseOrder()");
            cursor.seek(Slice.utf8("c"));
            cursor.prev();
            assertEquals("d=1", here(cursor), "seek(c), prev, in descending order");
        }
    }

    @Test
    @DisplayName("keys that the order takes for the same are one key, also if their bytes differ")
    void orderDecidesWhatIsTheSame() {
        Comparator<Slice> withoutCase = Comparator.comparing(key -> key.toUtf8().toLowerCase(Locale.ROOT));
        List<List<Entry>> sources = List.of(parse("a=3 B† d=3"), parse("A=2 b=2 C=2"), parse("b=1 c=1 D=1 E=1"));
        String input =
                "merge of {a=3 B† d=3}, {A=2 b=2 C=2} and {b=1 c=1 D=1 E=1}, with an order for which a and A are the"
                        + " same key";
        try (Cursor cursor = new MergingCursor(
                sources.stream()
                        .map(source -> new WatchedSource(source, withoutCase))
                        .toList(),
                withoutCase)) {
            List<String> expected = List.of("a=3", "C=2", "d=3", "E=1");
            assertEquals(expected, walk(cursor), input + ", forward");
            List<String> backward = new ArrayList<>();
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                backward.add(0, here(cursor));
            }
            assertEquals(expected, backward, input + ", backward");
            cursor.seek(Slice.utf8("c"));
            cursor.prev();
            assertEquals("a=3", here(cursor), input + ": seek(c), prev");
            cursor.next();
            assertEquals("C=2", here(cursor), input + ": seek(c), prev, next");
        }
    }

    @Test
    @DisplayName("a seek during which a source fails leaves the cursor at no entry")
    void failingSeek() {
        Map<String, Consumer<Cursor>> seeks = Map.of(
                "seek(key01)",
                cursor -> cursor.seek(key(1)),
                "seekBefore(key02)",
                cursor -> cursor.seekBefore(key(2)),
                "seekToFirst()",
                Cursor::seekToFirst,
                "seekToLast()",
                Cursor::seekToLast);
        seeks.forEach((seek, move) -> {
            WatchedSource failing = new WatchedSource(numbered(1, 2, 20));
            try (Cursor cursor = new MergingCursor(List.of(new ListCursor(numbered(0, 2, 20)), failing))) {
                cursor.seek(key(10));
                failing.failAt(seek.equals("seekToLast()") ? 19 : 0);
                String what = "a cursor at key10, then " + seek + ", when the second source fails";
                assertThrows(StorageIoException.class, () -> move.accept(cursor), what);
                assertFalse(cursor.isValid(), what + ": isValid() is true, and the cursor should be at no entry");
                assertThrows(IllegalStateException.class, cursor::key, what + ": key()");
                failing.heal();
                cursor.seek(key(7));
                assertEquals(key(7), cursor.key(), what + ", then seek(key07) when the source works again");
            }
        });
    }

    @Test
    @DisplayName("no source is asked for a value before value() is called, and then only the one with the entry")
    void valuesOnDemand() {
        WatchedSource newer = new WatchedSource(parse("a=2 c† e=2"));
        WatchedSource older = new WatchedSource(parse("a=1 b=1 c=1 d=1"));
        try (Cursor cursor = new MergingCursor(List.of(newer, older))) {
            walkKeys(cursor);
            cursor.seek(Slice.utf8("d"));
            cursor.prev();
            cursor.next();
            assertEquals(
                    0, newer.values() + older.values(), "values fetched by seeks and steps, without a call of value()");
            cursor.seekToFirst();
            cursor.value();
            assertEquals(1, newer.values(), "values fetched of the newer source for value() at a, which is its");
            assertEquals(0, older.values(), "values fetched of the older source, whose a is hidden, for value() at a");
        }
    }

    private static void walkKeys(Cursor cursor) {
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            cursor.key();
        }
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            cursor.key();
        }
    }

    @Test
    @DisplayName("when a source fails the cursor is at no entry, and the next seek sets every source right")
    void failingSource() {
        List<Entry> even = numbered(0, 2, 20);
        List<Entry> odd = numbered(1, 2, 20);
        Seeds.check(60, random -> {
            WatchedSource failing = new WatchedSource(odd);
            int failAt = 1 + random.nextInt(18);
            try (Cursor cursor = new MergingCursor(List.of(new ListCursor(even), failing))) {
                boolean forward = random.nextBoolean();
                cursor.seek(key(2 * failAt + (forward ? -1 : 3)));
                failing.failAt(failAt);
                assertThrows(
                        StorageIoException.class,
                        () -> moveThrice(cursor, forward),
                        "three times " + (forward ? "next" : "prev") + ", when the second source fails at entry "
                                + failAt);
                assertFalse(cursor.isValid(), "isValid() is true after a source failed: it should be at no entry");
                assertThrows(IllegalStateException.class, cursor::next, "next() after a source failed");
                failing.heal();
                int target = random.nextInt(39);
                cursor.seek(key(target));
                assertEquals(key(target), cursor.key(), "seek(" + key(target) + ") after a source had failed");
                cursor.next();
                assertEquals(key(target + 1), cursor.key(), "and next()");
                cursor.prev();
                assertEquals(key(target), cursor.key(), "and prev()");
            }
        });
    }

    @Test
    @DisplayName("closing closes every source, also when closing one of them fails, and every source once")
    void closesEverySource() {
        List<WatchedSource> sources = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sources.add(new WatchedSource(parse("a=1")));
        }
        sources.get(0).failOnClose();
        sources.get(2).failOnClose();
        MergingCursor cursor = new MergingCursor(sources);
        StorageIoException failure = assertThrows(
                StorageIoException.class, cursor::close, "close when the first and the last source cannot be closed");
        assertEquals(
                sources.get(0).closeFailure(), failure, "what close() throws when sources 0 and 2 cannot be closed");
        for (int i = 0; i < 3; i++) {
            assertEquals(1, sources.get(i).closes(), "how often source " + i + " was closed, sources 0 and 2 failing");
        }
        Step.at("a second close() of a merge whose sources were closed, two of them with a failure: it does nothing");
        cursor.close();
        for (int i = 0; i < 3; i++) {
            assertEquals(1, sources.get(i).closes(), "how often source " + i + " was closed by two calls of close()");
        }
        assertEquals(1, failure.getSuppressed().length, "failures suppressed, when two of three sources failed");
        assertThrows(IllegalStateException.class, cursor::isValid, "isValid() after close");
        assertThrows(IllegalStateException.class, cursor::seekToFirst, "seekToFirst() after close");
        assertThrows(IllegalStateException.class, () -> cursor.seek(key(1)), "seek after close");
        assertEquals(0, sources.get(1).seeks(), "seeks in a source after the cursor over it was closed");
    }

    @Test
    @DisplayName("the list of sources is the caller's again after the constructor, and their positions do not matter")
    void sourcesAreTaken() {
        WatchedSource somewhere = new WatchedSource(parse("a=1 b=1 c=1"));
        somewhere.seekToLast();
        List<WatchedSource> sources = new ArrayList<>(List.of(somewhere, new WatchedSource(parse("d=1"))));
        try (Cursor cursor = new MergingCursor(sources)) {
            sources.clear();
            assertFalse(cursor.isValid(), "isValid() of a new cursor, one of whose sources was at an entry");
            assertEquals(List.of("a=1", "b=1", "c=1", "d=1"), walk(cursor), "walk after the list was cleared");
        }
    }

    private static void moveThrice(Cursor cursor, boolean forward) {
        for (int i = 0; i < 3; i++) {
            if (forward) {
                cursor.next();
            } else {
                cursor.prev();
            }
        }
    }

    private static void assertMerge(String expected, String... newestFirst) {
        List<List<Entry>> sources = new ArrayList<>();
        for (String source : newestFirst) {
            sources.add(parse(source));
        }
        String input = "merge of " + List.of(newestFirst) + ", the newest first";
        try (Cursor cursor = merging(sources)) {
            assertEquals(expected, String.join(" ", walk(cursor)), input + ", forward");
            List<String> backward = new ArrayList<>();
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                backward.add(here(cursor));
            }
            Collections.reverse(backward);
            assertEquals(expected, String.join(" ", backward), input + ", backward");
        }
    }

    private static MergingCursor merging(List<List<Entry>> newestFirst) {
        return new MergingCursor(newestFirst.stream().map(ListCursor::new).toList());
    }

    private static List<String> walk(Cursor cursor) {
        List<String> met = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            met.add(here(cursor));
        }
        return met;
    }

    private static String here(Cursor cursor) {
        return cursor.isValid() ? cursor.key() + "=" + cursor.value() : "none";
    }

    private static String describe(List<Entry> entries) {
        return String.join(
                " ", entries.stream().map(MergingCursorHiddenTest::word).toList());
    }

    private static String word(Entry entry) {
        return entry.key() + "=" + entry.value();
    }

    /** {@code "a=1 b†"} as entries. */
    private static List<Entry> parse(String words) {
        List<Entry> entries = new ArrayList<>();
        for (String word : words.split(" ", -1)) {
            Slice key = Slice.utf8(word.substring(0, 1));
            entries.add(word.endsWith("†") ? Entry.tombstone(key) : Entry.value(key, Slice.utf8(word.substring(2))));
        }
        return entries;
    }

    private static List<Entry> numbered(int first, int step, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> value(key(first + i * step), "1"))
                .toList();
    }

    private static Slice key(int number) {
        return Slice.utf8(String.format("key%02d", number));
    }

    private static Entry value(Slice key, String value) {
        return Entry.value(key, Slice.utf8(value));
    }
}

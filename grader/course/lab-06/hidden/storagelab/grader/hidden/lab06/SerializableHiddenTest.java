package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.grader.hidden.kit.Growth;
import storagelab.mvcc.Commit;
import storagelab.mvcc.ConflictDetector;
import storagelab.mvcc.ReadSet;
import storagelab.mvcc.RecentCommits;
import storagelab.mvcc.TrackingCursor;
import storagelab.testkit.MemoryOrderedStore;
import storagelab.testkit.Seeds;
import storagelab.testkit.kv.FalseAborts;
import storagelab.testkit.kv.Hermitage;
import storagelab.testkit.kv.History;
import storagelab.testkit.kv.HistoryChecker;
import storagelab.testkit.kv.MemoryTransactions;
import storagelab.testkit.kv.MemoryTransactions.Versions;
import storagelab.testkit.kv.RandomHistories;

/** Exercise 6.9: which results fit an order, and what a cursor has read. */
@Tag("6.9")
class SerializableHiddenTest {
    private static final Slice VALUE = Slice.utf8("1");

    private final RecentCommits commits = new RecentCommits();
    private final ConflictDetector detector = new ConflictDetector(commits);

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    private static WriteBatch puts(String keys) {
        WriteBatch batch = new WriteBatch();
        for (char key : keys.toCharArray()) {
            batch.put(utf8(String.valueOf(key)), VALUE);
        }
        return batch;
    }

    /** Keys, each a letter; or a range if it has a hyphen, as in {@code "b-e"}. */
    private static ReadSet reads(String what) {
        ReadSet reads = new ReadSet();
        if (what.contains("-")) {
            reads.add(KeyRange.of(utf8(what.substring(0, 1)), utf8(what.substring(2))));
        } else {
            for (char key : what.toCharArray()) {
                reads.add(utf8(String.valueOf(key)));
            }
        }
        return reads;
    }

    /** Whether a transaction that reads at {@code view} may commit at {@code sequence}; if so, it is remembered. */
    private boolean commits(long view, String reads, String writes, long sequence) {
        try {
            commits.add(detector.admit(
                    new ConflictDetector.Candidate(view, Isolation.SERIALIZABLE, reads(reads), puts(writes)),
                    sequence));
            return true;
        } catch (TransactionConflictException e) {
            return false;
        }
    }

    @Test
    @DisplayName(
            "a pivot is refused: it has read what a commit wrote since, and a commit since has read what it writes")
    void pivot() {
        assertTrue(
                commits(5, "xy", "x", 6), "the first transaction was refused, although nothing is concurrent with it");
        assertEquals(false, commits(5, "xy", "y", 7), "write skew: whether the second one may commit");
        assertEquals(true, commits(5, "xy", "", 6), "one that has read the same and writes nothing");
        assertEquals(true, commits(6, "xy", "y", 7), "one that began after the first had committed");
    }

    @Test
    @DisplayName("the message of a refusal names a key of the conflict")
    void message() {
        commits(5, "x", "x", 6);
        String message = String.valueOf(assertThrows(
                        TransactionConflictException.class,
                        () -> detector.admit(
                                new ConflictDetector.Candidate(5, Isolation.SERIALIZABLE, reads("x"), puts("x")), 7),
                        "the second of two that read and write x")
                .getMessage());
        assertTrue(message.contains("x"), "the message does not name x: " + message);
    }

    @Test
    @DisplayName("one conflict alone is none: a chain of readers before writers commits in any order")
    void oneConflictIsNone() {
        assertTrue(commits(5, "a", "b", 6), "reads a, writes b");
        assertTrue(commits(5, "c", "a", 7), "writes a, which a commit has read: it comes after that one");
        assertTrue(commits(5, "x", "y", 8), "has nothing to do with the others");
        assertTrue(commits(5, "b", "z", 9), "has read b, which a commit wrote since: it comes before that one, a, c");
    }

    @Test
    @DisplayName("the third transaction is refused as in: it has read what a committed pivot wrote")
    void in() {
        assertTrue(commits(5, "", "o", 6), "out: writes o");
        assertTrue(commits(5, "o", "p", 7), "pivot: has read o from before, writes p");
        assertEquals(false, commits(5, "p", "q", 8), "in: has read p from before the pivot, and writes q");
        assertEquals(true, commits(7, "p", "q", 8), "one that has seen the pivot");
    }

    @Test
    @DisplayName("a reader is refused as in only if out had committed when it began")
    void readOnlyIn() {
        assertTrue(commits(3, "", "o", 6), "out");
        assertTrue(commits(3, "o", "p", 9), "pivot: has read o from before, writes p");
        assertEquals(true, commits(5, "p", "", 9), "a reader that began before out committed: it fits before both");
        assertEquals(false, commits(6, "p", "", 9), "a reader that has seen out, and not the pivot");
        assertEquals(false, commits(8, "p", "", 9), "another one");
        assertEquals(true, commits(9, "p", "", 9), "a reader that has seen both");
    }

    @Test
    @DisplayName("a pivot is refused for a committed reader only if that one has seen out")
    void readOnlyBefore() {
        for (long view : new long[] {5, 6}) {
            SerializableHiddenTest fresh = new SerializableHiddenTest();
            assertTrue(fresh.commits(3, "", "o", 6), "out, at 6");
            assertTrue(fresh.commits(view, "p", "", 7), "a reader of p at " + view);
            assertEquals(
                    view < 6,
                    fresh.commits(3, "o", "p", 8),
                    "a pivot that has read o from before 6 and writes p, when p was read at " + view
                            + ": may it commit");
        }
    }

    @Test
    @DisplayName("a pivot commits if in committed before out: then out did not commit first")
    void outMustBeFirst() {
        assertTrue(commits(3, "p", "q", 4), "in: has read p, commits first");
        assertTrue(commits(3, "", "o", 6), "out");
        assertEquals(true, commits(3, "o", "p", 7), "a pivot whose in committed before out: may it commit");
    }

    @Test
    @DisplayName("in is admitted if the committed pivot committed before its out")
    void pivotBeforeOut() {
        assertTrue(commits(3, "o", "p", 5), "pivot, which commits before out");
        assertTrue(commits(3, "", "o", 6), "out");
        assertEquals(true, commits(3, "p", "q", 7), "in, when the pivot committed before out: may it commit");
    }

    @Test
    @DisplayName("in and out may be the same transaction, and a write outside of a transaction may be out")
    void sameTransaction() {
        commits.add(Commit.ofWrite(6, puts("o")));
        assertTrue(commits(5, "o", "p", 7), "a pivot without an in: has read o from before a write outside");
        assertEquals(false, commits(5, "p", "q", 8), "in: has read p from before the pivot");
    }

    @Test
    @DisplayName("a range conflicts with every key in it, the first included and the end not, there before or not")
    void ranges() {
        for (char key = 'a'; key <= 'g'; key++) {
            boolean isIn = key >= 'b' && key < 'e';
            String what = " of a key " + key
                    + ", next to two that have read the range from b to e: may the second one commit";
            SerializableHiddenTest first = new SerializableHiddenTest();
            assertTrue(first.commits(5, "b-e", key + "x", 6), "a first writer" + what);
            assertEquals(!isIn, first.commits(5, "b-e", "c", 7), "a writer of c, after one" + what);
            SerializableHiddenTest second = new SerializableHiddenTest();
            assertTrue(second.commits(5, "b-e", "c", 6), "a first writer of c");
            assertEquals(!isIn, second.commits(5, "b-e", key + "x", 7), "a writer, after one of c," + what);
        }
    }

    @Test
    @DisplayName("a refused transaction is not remembered: what it has read holds up no other one")
    void refusedIsNotRemembered() {
        assertTrue(commits(5, "", "o", 6), "out");
        assertTrue(commits(5, "xy", "x", 7), "the first of a write skew");
        assertEquals(false, commits(5, "xyz", "y", 8), "the second one");
        assertEquals(true, commits(5, "o", "z", 9), "a writer of z, which only the refused one has read since");
    }

    @Test
    @DisplayName("what is forgotten holds up no other one, whether something was admitted since or not")
    void forgets() {
        for (boolean isAdmitted : new boolean[] {false, true}) {
            for (String read : List.of("p", "o-q")) {
                SerializableHiddenTest fresh = new SerializableHiddenTest();
                fresh.commits.add(Commit.ofWrite(6, puts("o")));
                Commit forgotten = fresh.detector.admit(
                        new ConflictDetector.Candidate(6, Isolation.SERIALIZABLE, reads(read), puts("x")), 7);
                if (isAdmitted) {
                    assertTrue(fresh.commits(6, "r", "z", 8), "a reader of r");
                    assertTrue(fresh.commits(8, "k", "", 8), "a reader of k");
                }
                fresh.detector.forget(forgotten);
                if (!isAdmitted) {
                    assertTrue(fresh.commits(6, "r", "z", 8), "a reader of r");
                }
                String what = " of what was forgotten (it had read " + read + "), " + (isAdmitted ? "after" : "without")
                        + " another admission: may it commit";
                assertEquals(true, fresh.commits(5, "o", "p", 9), "a pivot" + what);
                assertEquals(
                        false, fresh.commits(5, "o", "r", 10), "a pivot whose in, at 8, is remembered: may it commit");
            }
        }
    }

    @Test
    @DisplayName("of two that have read the same, forgetting the first does not forget the second")
    void forgetsOneOfTwo() {
        for (String read : List.of("p", "o-q")) {
            SerializableHiddenTest fresh = new SerializableHiddenTest();
            fresh.commits.add(Commit.ofWrite(6, puts("o")));
            List<Commit> readers = new ArrayList<>();
            for (String written : List.of("x", "y")) {
                readers.add(fresh.detector.admit(
                        new ConflictDetector.Candidate(6, Isolation.SERIALIZABLE, reads(read), puts(written)),
                        7 + readers.size()));
            }
            assertTrue(fresh.commits(8, "k", "", 8), "a reader of k");
            String what = " of two that have read " + read + " is forgotten: may a pivot that writes p commit";
            fresh.detector.forget(readers.get(0));
            assertEquals(false, fresh.commits(5, "o", "p", 9), "the first" + what);
            fresh.detector.forget(readers.get(1));
            assertEquals(true, fresh.commits(5, "o", "p", 9), "the second" + what);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Versions.class,
            names = {"CHAINED", "NATIVE"})
    @DisplayName("the Hermitage table: no anomaly happens")
    void hermitage(Versions versions) {
        for (Hermitage anomaly : Hermitage.values()) {
            assertEquals(
                    List.of(),
                    anomaly.seenIn(new MemoryTransactions(versions), Isolation.SERIALIZABLE),
                    anomaly + ", " + anomaly.title() + ": what was seen of it");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Versions.class,
            names = {"CHAINED", "NATIVE"})
    @DisplayName("in random histories of mixed steps, an order of the transactions explains what they have seen")
    void histories(Versions versions) {
        Seeds.check(400, random -> {
            History history =
                    RandomHistories.mixed(new MemoryTransactions(versions), Isolation.SERIALIZABLE, "k", random);
            String anomaly =
                    HistoryChecker.check(history, Isolation.SERIALIZABLE).orElse("none");
            assertTrue(anomaly.equals("none"), anomaly);
        });
    }

    @Test
    @DisplayName("in random histories of three threads, an order of the transactions explains what they have seen")
    void threads() {
        Seeds.check(20, random -> {
            MemoryTransactions store = new MemoryTransactions(Versions.CHAINED);
            History history = RandomHistories.ofThreads(store, Isolation.SERIALIZABLE, "k", random.nextLong());
            String anomaly =
                    HistoryChecker.check(history, Isolation.SERIALIZABLE).orElse("none");
            assertTrue(anomaly.equals("none"), anomaly);
        });
    }

    @Test
    @DisplayName(
            "of the transactions of random histories that were refused, lost updates aside, fewer than one in four would have fitted an order")
    void falseAborts() {
        FalseAborts measured =
                FalseAborts.measure(600, new Random(Seeds.base()), () -> new MemoryTransactions(Versions.CHAINED));
        assertTrue(
                measured.rate() < 0.25,
                "refused for nothing: %.0f %% of the refused transactions; %s"
                        .formatted(100 * measured.rate(), measured));
        assertTrue(measured.needed() > 0, "no transaction was refused: " + measured);
    }

    @Test
    @DisplayName(
            "what a transaction reads of its own writes, and what it writes without reading, conflicts with nothing")
    void ownWrites() {
        MemoryTransactions store = new MemoryTransactions(Versions.CHAINED);
        Transaction blind = store.begin(Isolation.SERIALIZABLE);
        blind.put(utf8("x"), VALUE);
        blind.get(utf8("x"));
        Transaction other = store.begin(Isolation.SERIALIZABLE);
        other.get(utf8("x"));
        other.put(utf8("y"), VALUE);
        Transaction third = store.begin(Isolation.SERIALIZABLE);
        third.get(utf8("y"));
        third.put(utf8("z"), VALUE);
        third.commit();
        other.commit();
        blind.commit();
        assertEquals(3, store.engine().lastSequence(), "operations that were committed");
    }

    @Test
    @DisplayName("a scan with own writes merged in has read the gaps of the store as well")
    void scanWithOwnWrites() {
        MemoryTransactions store = new MemoryTransactions(Versions.CHAINED);
        store.put(utf8("b"), VALUE);
        List<Transaction> both = List.of(store.begin(Isolation.SERIALIZABLE), store.begin(Isolation.SERIALIZABLE));
        for (Transaction each : both) {
            each.put(utf8("own " + both.indexOf(each)), VALUE);
            try (Cursor cursor = each.cursor(KeyRange.all())) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    cursor.key();
                }
            }
        }
        both.get(0).commit();
        assertThrows(
                TransactionConflictException.class,
                () -> both.get(1).commit(),
                "the second of two that have each scanned everything and added a key");
    }

    @Test
    @DisplayName("admitting one that reads one key takes as long with thousands of commits as with a few")
    void cost() {
        Growth.check("500 admissions", "recent commits of other keys", count -> {
            RecentCommits recent = new RecentCommits();
            ConflictDetector many = new ConflictDetector(recent);
            for (int i = 1; i <= count; i++) {
                ReadSet reads = new ReadSet();
                reads.add(utf8("r" + i));
                recent.add(many.admit(
                        new ConflictDetector.Candidate(
                                0, Isolation.SERIALIZABLE, reads, new WriteBatch().put(utf8("w" + i), VALUE)),
                        i));
            }
            return () -> {
                for (int i = 0; i < 500; i++) {
                    many.admit(
                            new ConflictDetector.Candidate(0, Isolation.SERIALIZABLE, reads("x"), puts("y")),
                            count + 1L);
                }
            };
        });
    }

    /** A cursor over some of the keys a to p, and what it has told. */
    private static final class Tracked {
        private final KeyRange range;
        private final TreeSet<String> keys;
        private final List<KeyRange> told = new ArrayList<>();
        private final TrackingCursor cursor;

        private Tracked(KeyRange range, TreeSet<String> keys) {
            this.range = range;
            this.keys = keys;
            MemoryOrderedStore store = new MemoryOrderedStore();
            keys.forEach(key -> store.put(utf8(key), VALUE));
            this.cursor = new TrackingCursor(store.cursor(range), range, told::add);
        }

        private @Nullable String at() {
            return cursor.isValid() ? cursor.key().toString() : null;
        }

        /** The keys of two letters, and those of one, that were told since the last call. */
        private TreeSet<String> read() {
            TreeSet<String> read = new TreeSet<>();
            for (String key : allKeys()) {
                if (told.stream().anyMatch(part -> part.contains(utf8(key)))) {
                    read.add(key);
                }
            }
            told.clear();
            return read;
        }

        private TreeSet<String> expected(@Nullable String from, boolean isForward, @Nullable String found) {
            TreeSet<String> expected = new TreeSet<>();
            for (String key : allKeys()) {
                if (!range.contains(utf8(key))) {
                    continue;
                }
                boolean isAfterStart = from == null || (isForward ? key.compareTo(from) >= 0 : key.compareTo(from) < 0);
                boolean isBeforeEnd =
                        found == null || (isForward ? key.compareTo(found) <= 0 : key.compareTo(found) >= 0);
                if (isAfterStart && isBeforeEnd) {
                    expected.add(key);
                }
            }
            return expected;
        }

        private static List<String> allKeys() {
            List<String> all = new ArrayList<>();
            for (char letter = 'a'; letter <= 'p'; letter++) {
                all.add(String.valueOf(letter));
                all.add(letter + "m");
            }
            return all;
        }
    }

    @Test
    @DisplayName("after each move of a cursor, the keys from where it looked to what it found were read, and no other")
    void cursorReads() {
        Seeds.check(60, random -> {
            TreeSet<String> keys = new TreeSet<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                keys.add(Tracked.allKeys().get(random.nextInt(32)));
            }
            KeyRange range = random.nextBoolean() ? KeyRange.all() : KeyRange.of(utf8("c"), utf8("m"));
            Tracked tracked = new Tracked(range, keys);
            for (int step = 0; step < 30; step++) {
                String before = tracked.at();
                String sought = Tracked.allKeys().get(random.nextInt(32));
                int move = random.nextInt(before == null ? 4 : 8);
                boolean isForward = move == 0 || move == 2 || move >= 6;
                String from = null;
                String what;
                switch (move) {
                    case 0 -> {
                        what = "seekToFirst()";
                        tracked.cursor.seekToFirst();
                    }
                    case 1 -> {
                        what = "seekToLast()";
                        tracked.cursor.seekToLast();
                    }
                    case 2 -> {
                        what = "seek(" + sought + ")";
                        from = sought;
                        tracked.cursor.seek(utf8(sought));
                    }
                    case 3 -> {
                        what = "seekBefore(" + sought + ")";
                        from = sought;
                        tracked.cursor.seekBefore(utf8(sought));
                    }
                    case 4, 5 -> {
                        what = "prev() at " + before;
                        from = before;
                        tracked.cursor.prev();
                    }
                    default -> {
                        what = "next() at " + before;
                        from = before;
                        tracked.cursor.next();
                    }
                }
                assertEquals(
                        tracked.expected(from, isForward, tracked.at()),
                        tracked.read(),
                        "keys that " + what + " has read, over " + keys + " in " + range + "; it found "
                                + tracked.at());
            }
        });
    }

    @Test
    @DisplayName("a seek at or after the end of the range, or before its beginning, has read no key and tells nothing")
    void nothingRead() {
        Tracked tracked = new Tracked(KeyRange.of(utf8("c"), utf8("f")), new TreeSet<>(List.of("d")));
        for (String key : List.of("f", "x")) {
            tracked.cursor.seek(utf8(key));
            assertEquals(List.of(), tracked.told, "ranges that seek(" + key + ") has told in the range from c to f");
        }
        for (String key : List.of("c", "a")) {
            tracked.cursor.seekBefore(utf8(key));
            assertEquals(
                    List.of(), tracked.told, "ranges that seekBefore(" + key + ") has told in the range from c to f");
        }
    }
}

package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Durability;
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
import storagelab.mvcc.TransactionMetrics;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.kv.Hermitage;
import storagelab.testkit.kv.History;
import storagelab.testkit.kv.HistoryChecker;
import storagelab.testkit.kv.MemoryTransactions;
import storagelab.testkit.kv.MemoryTransactions.Versions;
import storagelab.testkit.kv.RandomHistories;
import storagelab.testkit.kv.Transfers;

/** Exercise 6.8: who may commit. */
@Tag("6.8")
class SnapshotIsolationHiddenTest {
    private static final Slice VALUE = Slice.utf8("1");

    private final RecentCommits commits = new RecentCommits();

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    private static WriteBatch puts(String... keys) {
        WriteBatch batch = new WriteBatch();
        for (String key : keys) {
            batch.put(utf8(key), VALUE);
        }
        return batch;
    }

    private boolean isFirst(long view, String... keys) {
        try {
            commits.checkFirst(view, puts(keys));
            return true;
        } catch (TransactionConflictException e) {
            return false;
        }
    }

    @Test
    @DisplayName("a commit conflicts with later views of none of its keys, and with earlier views of each")
    void firstCommitterWins() {
        commits.add(Commit.ofWrite(6, puts("a")));
        commits.add(Commit.ofWrite(9, puts("a", "b", "c")));
        commits.add(Commit.ofWrite(12, puts("d")));
        for (long view = 0; view < 15; view++) {
            String what =
                    " with a view at " + view + ", after commits at 6 (a), 9 (a, b, c) and 12 (d): is it the first";
            assertEquals(view >= 9, isFirst(view, "a"), "a writer of a" + what);
            assertEquals(view >= 9, isFirst(view, "x", "c"), "a writer of x and c" + what);
            assertEquals(view >= 12, isFirst(view, "b", "d"), "a writer of b and d" + what);
            assertEquals(true, isFirst(view, "x", "y"), "a writer of x and y" + what);
        }
        commits.add(Commit.ofWrite(13, new WriteBatch().delete(utf8("x"))));
        assertEquals(
                false, isFirst(12, "x"), "a writer of x with a view at 12, when x was deleted at 13: is it the first");
        String message = String.valueOf(assertThrows(
                        TransactionConflictException.class,
                        () -> commits.checkFirst(7, puts("zebra", "b")),
                        "a writer of zebra and b with a view at 7")
                .getMessage());
        assertTrue(message.contains("b") && !message.contains("zebra"), "the message does not name b: " + message);
    }

    @Test
    @DisplayName("the writers of a key and of a range are the commits that wrote them, in order")
    void writers() {
        Commit first = Commit.ofWrite(6, puts("a", "c"));
        Commit second = Commit.ofWrite(9, puts("a", "b"));
        commits.add(first);
        commits.add(second);
        assertEquals(List.of(first, second), commits.writersOf(utf8("a")), "writers of a");
        assertEquals(List.of(second), commits.writersOf(utf8("b")), "writers of b");
        assertEquals(List.of(), commits.writersOf(utf8("x")), "writers of x");
        assertEquals(
                List.of(utf8("b"), utf8("c")),
                List.copyOf(commits.writersIn(KeyRange.from(utf8("b"))).keySet()),
                "keys from b on that were written");
        assertEquals(
                List.of(List.of(first, second), List.of(second)),
                List.copyOf(commits.writersIn(KeyRange.of(utf8("a"), utf8("c"))).values()),
                "writers of a and b");
        Commit third = Commit.ofWrite(10, puts("b"));
        commits.add(third);
        assertEquals(List.of(second, third), commits.writersOf(utf8("b")), "writers of b after another one");
    }

    @Test
    @DisplayName("what is at or below the watermark is forgotten, and serializable commits are reported once")
    void forgets() {
        ReadSet reads = new ReadSet();
        ConflictDetector.Candidate candidate =
                new ConflictDetector.Candidate(3, Isolation.SERIALIZABLE, reads, puts("s"));
        Commit serializable = Commit.ofSerializable(candidate, 7, Commit.NEVER);
        for (boolean isAsked : new boolean[] {false, true}) {
            RecentCommits recent = new RecentCommits();
            recent.add(Commit.ofWrite(6, puts("a", "b")));
            recent.add(serializable);
            recent.add(Commit.ofWrite(8, puts("b")));
            if (isAsked) {
                recent.writersOf(utf8("a"));
            }
            List<Commit> forgotten = new ArrayList<>();
            recent.forget(5, forgotten::add);
            assertEquals(1, recent.writersOf(utf8("a")).size(), "writers of a after forget(5)");
            recent.forget(7, forgotten::add);
            recent.forget(7, forgotten::add);
            assertEquals(List.of(serializable), forgotten, "commits that were reported");
            assertEquals(0, recent.writersOf(utf8("a")).size(), "writers of a, at 6, after forget(7)");
            assertEquals(1, recent.writersOf(utf8("b")).size(), "writers of b, at 6 and 8, after forget(7)");
            assertEquals(1, recent.writersIn(KeyRange.all()).size(), "keys that were written by what is left");
        }
    }

    @Test
    @DisplayName("a check takes as long with thousands of recent commits as with a few")
    void checkCost() {
        Growth.check("1,000 checks of a key", "recent commits", count -> {
            RecentCommits recent = new RecentCommits();
            for (int i = 0; i < count; i++) {
                recent.add(Commit.ofWrite(i + 1, puts("k" + i)));
            }
            return () -> {
                for (int i = 0; i < 1_000; i++) {
                    recent.checkFirst(count, puts("k0", "x"));
                }
            };
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Versions.class,
            names = {"CHAINED", "NATIVE"})
    @DisplayName("the Hermitage table: each anomaly happens if snapshot isolation allows it, and otherwise not")
    void hermitage(Versions versions) {
        for (Hermitage anomaly : Hermitage.values()) {
            List<String> seen = anomaly.seenIn(new MemoryTransactions(versions), Isolation.SNAPSHOT);
            assertEquals(
                    anomaly.isAllowedBy(Isolation.SNAPSHOT),
                    !seen.isEmpty(),
                    anomaly + ", " + anomaly.title() + ", under snapshot isolation: whether it happens; seen: " + seen);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Versions.class,
            names = {"CHAINED", "NATIVE"})
    @DisplayName("in random histories of mixed steps, nothing is seen that snapshot isolation does not allow")
    void histories(Versions versions) {
        Seeds.check(250, random -> {
            History history = RandomHistories.mixed(new MemoryTransactions(versions), Isolation.SNAPSHOT, "k", random);
            String anomaly = HistoryChecker.check(history, Isolation.SNAPSHOT).orElse("none");
            assertTrue(anomaly.equals("none"), anomaly);
        });
    }

    @Test
    @DisplayName("in random histories of three threads, nothing is seen that snapshot isolation does not allow")
    void threads() {
        Seeds.check(20, random -> {
            MemoryTransactions store = new MemoryTransactions(Versions.CHAINED);
            History history = RandomHistories.ofThreads(store, Isolation.SNAPSHOT, "k", random.nextLong());
            String anomaly = HistoryChecker.check(history, Isolation.SNAPSHOT).orElse("none");
            assertTrue(anomaly.equals("none"), anomaly);
        });
    }

    @Test
    @DisplayName("a write outside of a transaction never conflicts, and transactions conflict with it")
    void writeOutside() {
        MemoryTransactions store = new MemoryTransactions(Versions.CHAINED);
        assertEquals(2, store.writeAt(puts("a", "b"), Durability.SYNCED), "the sequence that write() returns");
        assertEquals(Durability.SYNCED, store.durability(), "the durability that the committer was asked for");
        Transaction transaction = store.begin(Isolation.SNAPSHOT);
        transaction.put(utf8("a"), utf8("mine"));
        store.writeAt(puts("x"), Durability.BUFFERED);
        store.writeAt(puts("a"), Durability.BUFFERED);
        store.writeAt(puts("a"), Durability.BUFFERED);
        assertThrows(
                TransactionConflictException.class, transaction::commit, "a commit, when a was written since it began");
        assertEquals(Optional.of(VALUE), store.get(utf8("a")), "the value of a");
    }

    @Test
    @DisplayName("a refused commit leaves no trace: what it wrote conflicts with nothing afterwards")
    void refusedLeavesNoTrace() {
        MemoryTransactions store = new MemoryTransactions(Versions.CHAINED);
        Transaction holder = store.begin(Isolation.SNAPSHOT); // so that nothing is forgotten
        Transaction loser = store.begin(Isolation.SNAPSHOT);
        Transaction other = store.begin(Isolation.SNAPSHOT);
        loser.put(utf8("x"), VALUE);
        loser.put(utf8("y"), VALUE);
        other.put(utf8("y"), utf8("other"));
        store.put(utf8("x"), utf8("winner"));
        assertThrows(TransactionConflictException.class, loser::commit, "a commit, when x was written since it began");
        Step.at("committing a write of y, which only a refused transaction wrote besides");
        other.commit();
        assertEquals(Optional.of(utf8("other")), store.get(utf8("y")), "y, which only the refused one wrote besides");
        assertEquals(1, store.stats().get(TransactionMetrics.COMMITTED), "transactions counted as committed");
        assertEquals(1, store.stats().get(TransactionMetrics.CONFLICTS), "transactions counted as refused");
        holder.rollback();
    }

    @Test
    @DisplayName("a transaction that has written nothing asks for no commit, whatever it has read")
    void readOnly() {
        MemoryTransactions store = new MemoryTransactions(Versions.CHAINED);
        store.writeAt(puts("a", "b"), Durability.BUFFERED);
        long commits = store.commits();
        Transaction reader = store.begin(Isolation.SNAPSHOT);
        reader.get(utf8("a"));
        reader.cursor(KeyRange.all()).seekToFirst();
        store.put(utf8("a"), utf8("2"));
        reader.commit(Durability.SYNCED);
        Transaction undone = store.begin(Isolation.SNAPSHOT);
        Transaction.Savepoint start = undone.savepoint();
        undone.put(utf8("a"), VALUE);
        undone.rollbackTo(start);
        undone.commit(Durability.SYNCED);
        assertEquals(commits + 1, store.commits(), "commits, after a put, a reader and one that took its write back");
    }

    @Test
    @DisplayName("commits that no transaction is concurrent with are not remembered: their values leave the memory")
    void forgetsOldCommits() {
        checkForgotten("by transactions", (store, value) -> {
            Transaction transaction = store.begin(Isolation.SNAPSHOT);
            transaction.put(utf8("k"), value);
            transaction.commit();
        });
    }

    @Test
    @DisplayName("writes outside of transactions that no transaction is concurrent with are not remembered either")
    void forgetsOldWrites() {
        checkForgotten("outside of transactions", (store, value) -> store.put(utf8("k"), value));
    }

    private static void checkForgotten(String how, BiConsumer<MemoryTransactions, Slice> write) {
        MemoryTransactions store = new MemoryTransactions(Versions.NATIVE);
        int megabytes = 64;
        long before = usedBytes();
        for (int i = 0; i < megabytes; i++) {
            write.accept(store, Slice.wrap(new byte[1 << 20]));
        }
        long kept = (usedBytes() - before) >> 20;
        assertTrue(
                kept < megabytes / 2,
                "a value of 1 MiB was written " + megabytes + " times under one key, " + how + ", and " + kept
                        + " MiB are kept");
        assertEquals(megabytes, store.engine().lastSequence(), "operations that were committed");
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    @DisplayName("transfers between accounts by four threads lose and make no money")
    void transfers() throws InterruptedException {
        int sum = Transfers.run(new MemoryTransactions(Versions.CHAINED), Isolation.SNAPSHOT, 4, 100);
        assertEquals(4 * Transfers.BALANCE, sum, "all accounts together, after 400 transfers");
    }
}

package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Entry;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.grader.hidden.kit.Growth;
import storagelab.testkit.CursorModel;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.kv.MemoryTransactions;
import storagelab.testkit.kv.MemoryTransactions.Versions;

/** Exercise 6.8: what one transaction shows, and what it leaves. */
@Tag("6.8")
class StoreTransactionHiddenTest {
    private static final Slice A = Slice.utf8("a");
    private static final Slice B = Slice.utf8("b");
    private static final Slice C = Slice.utf8("c");
    private static final Slice ONE = Slice.utf8("1");
    private static final Slice TWO = Slice.utf8("2");

    private final MemoryTransactions store = new MemoryTransactions(Versions.CHAINED);

    private Transaction begin() {
        return store.begin(Isolation.SNAPSHOT);
    }

    private static List<String> entries(Cursor cursor) {
        List<String> entries = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            entries.add(cursor.key() + "=" + cursor.value());
        }
        return entries;
    }

    private List<String> committed() {
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            return entries(cursor);
        }
    }

    @Test
    @DisplayName(
            "a get finds the own write, the own deletion, or the value of the moment at which the transaction began")
    void reads() {
        store.write(new WriteBatch().put(A, ONE).put(B, ONE), Durability.BUFFERED);
        Transaction transaction = begin();
        store.write(new WriteBatch().put(A, TWO).put(B, TWO).put(C, TWO), Durability.BUFFERED);
        assertEquals(Optional.of(ONE), transaction.get(A), "a, which another one wrote since");
        assertEquals(Optional.empty(), transaction.get(C), "c, which another one added since");
        transaction.put(A, Slice.utf8("own"));
        transaction.delete(B);
        assertEquals(Optional.of(Slice.utf8("own")), transaction.get(A), "a, after an own put");
        assertEquals(Optional.empty(), transaction.get(B), "b, after an own delete");
        transaction.put(B, Slice.EMPTY);
        assertEquals(Optional.of(Slice.EMPTY), transaction.get(B), "b, after an own put of an empty value");
        assertEquals(List.of("a=2", "b=2", "c=2"), committed(), "what the store shows before the commit");
        transaction.rollback();
        assertEquals(List.of("a=2", "b=2", "c=2"), committed(), "what the store shows after a rollback");
    }

    @Test
    @DisplayName("a commit makes puts and deletes visible together, as durable as was asked for")
    void commits() {
        store.write(new WriteBatch().put(A, ONE).put(B, ONE), Durability.BUFFERED);
        Transaction transaction = begin();
        transaction.put(A, TWO);
        transaction.delete(B);
        transaction.put(C, ONE);
        transaction.put(C, TWO);
        long commits = store.commits();
        transaction.commit(Durability.SYNCED);
        assertEquals(List.of("a=2", "c=2"), committed(), "what the store shows after the commit");
        assertEquals(Durability.SYNCED, store.durability(), "the durability that the committer was asked for");
        assertEquals(commits + 1, store.commits(), "commits that the committer was asked for");
        assertEquals(5, store.engine().lastSequence(), "operations: two before, three keys of the transaction");
    }

    @Test
    @DisplayName("a cursor merges own writes and the view, in both directions, and shows nothing that is written later")
    void cursorMerges() {
        Seeds.check(40, random -> {
            MemoryTransactions filled = new MemoryTransactions(Versions.CHAINED);
            TreeMap<Slice, Entry> expected = new TreeMap<>();
            for (int i = 0; i < 12; i++) {
                Slice key = CursorModel.randomKey(random);
                filled.put(key, Slice.utf8("store " + i));
                expected.put(key, Entry.value(key, Slice.utf8("store " + i)));
            }
            Transaction transaction = filled.begin(Isolation.SNAPSHOT);
            for (int i = 0; i < 8; i++) {
                Slice key = CursorModel.randomKey(random);
                if (random.nextInt(3) == 0) {
                    transaction.delete(key);
                    expected.remove(key);
                } else {
                    transaction.put(key, Slice.utf8("own " + i));
                    expected.put(key, Entry.value(key, Slice.utf8("own " + i)));
                }
            }
            KeyRange range = random.nextBoolean() ? KeyRange.all() : KeyRange.of(Slice.utf8("c"), Slice.utf8("k"));
            List<Entry> inRange = expected.values().stream()
                    .filter(entry -> range.contains(entry.key()))
                    .toList();
            List<Cursor> cursors = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                cursors.add(transaction.cursor(range));
            }
            writeSomething(transaction, filled, random);
            CursorModel.of(inRange, () -> cursors.isEmpty() ? fresh(filled, inRange) : cursors.remove(0))
                    .check(random);
            transaction.rollback();
        });
    }

    private static void writeSomething(Transaction transaction, MemoryTransactions filled, Random random) {
        for (int i = 0; i < 4; i++) {
            transaction.put(CursorModel.randomKey(random), Slice.utf8("later"));
            transaction.delete(CursorModel.randomKey(random));
            filled.put(CursorModel.randomKey(random), Slice.utf8("later of another"));
        }
    }

    /** For a model that shrinks: a cursor over the same entries, as an own transaction has them. */
    private static Cursor fresh(MemoryTransactions filled, List<Entry> entries) {
        Transaction transaction = filled.begin(Isolation.SNAPSHOT);
        try (Cursor all = transaction.cursor(KeyRange.all())) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                transaction.delete(all.key());
            }
        }
        entries.forEach(entry -> transaction.put(entry.key(), entry.value()));
        return transaction.cursor(KeyRange.all());
    }

    @Test
    @DisplayName("a cursor without own writes is confined to its range, and one with own writes outside of it, too")
    void cursorRange() {
        store.write(new WriteBatch().put(A, ONE).put(B, ONE).put(C, ONE), Durability.BUFFERED);
        Transaction transaction = begin();
        KeyRange fromB = KeyRange.of(B, C);
        try (Cursor cursor = transaction.cursor(fromB)) {
            assertEquals(List.of("b=1"), entries(cursor), "from b to c, without own writes");
        }
        transaction.put(A, TWO);
        transaction.put(C, TWO);
        try (Cursor cursor = transaction.cursor(fromB)) {
            assertEquals(List.of("b=1"), entries(cursor), "from b to c, with own writes of a and c");
        }
        transaction.rollback();
    }

    @Test
    @DisplayName(
            "a savepoint brings back the writes of its moment, as often as it is used, and those after it are gone")
    void savepoints() {
        store.put(A, ONE);
        Transaction transaction = begin();
        Transaction.Savepoint start = transaction.savepoint();
        transaction.put(A, TWO);
        Transaction.Savepoint middle = transaction.savepoint();
        Transaction.Savepoint twin = transaction.savepoint();
        transaction.delete(A);
        transaction.put(B, TWO);
        transaction.rollbackTo(middle);
        assertEquals(Optional.of(TWO), transaction.get(A), "a, back at the savepoint after its put");
        assertEquals(Optional.empty(), transaction.get(B), "b, back at a savepoint before its put");
        assertThrows(
                IllegalArgumentException.class,
                () -> transaction.rollbackTo(twin),
                "a savepoint after the one that was gone back to, with equal writes");
        transaction.delete(A);
        Step.at("going back to the same savepoint a second time");
        transaction.rollbackTo(middle);
        assertEquals(Optional.of(TWO), transaction.get(A), "a, back at the same savepoint again");
        Step.at("going back to the savepoint before all writes");
        transaction.rollbackTo(start);
        assertEquals(Optional.of(ONE), transaction.get(A), "a, back at the beginning");
        assertThrows(IllegalArgumentException.class, () -> transaction.rollbackTo(middle), "a savepoint that is gone");
        Transaction other = begin();
        assertThrows(
                IllegalArgumentException.class, () -> other.rollbackTo(start), "a savepoint of another transaction");
        Step.at("committing what was written after going back");
        transaction.put(C, ONE);
        transaction.commit();
        assertEquals(List.of("a=1", "c=1"), committed(), "what the store shows: what was taken back is not there");
        other.rollback();
    }

    @Test
    @DisplayName("what was taken back conflicts with nothing")
    void takenBackConflictsWithNothing() {
        Transaction transaction = begin();
        Transaction.Savepoint start = transaction.savepoint();
        transaction.put(A, ONE);
        transaction.rollbackTo(start);
        transaction.put(B, ONE);
        store.put(A, TWO);
        transaction.commit();
        assertEquals(List.of("a=2", "b=1"), committed(), "what the store shows");
    }

    @Test
    @DisplayName("a savepoint costs the same with thousands of writes as with a few")
    void savepointCost() {
        Growth.check("500 savepoints and ways back", "writes", count -> {
            Transaction transaction = new MemoryTransactions(Versions.CHAINED).begin(Isolation.SNAPSHOT);
            for (int i = 0; i < count; i++) {
                transaction.put(Slice.utf8("k" + i), ONE);
            }
            return () -> {
                for (int i = 0; i < 500; i++) {
                    Transaction.Savepoint here = transaction.savepoint();
                    transaction.put(A, ONE);
                    transaction.rollbackTo(here);
                }
            };
        });
    }

    /** The ways in which a transaction ends. */
    private static Map<String, Consumer<Transaction>> endings() {
        return Map.of(
                "commit", Transaction::commit,
                "rollback", Transaction::rollback,
                "close", Transaction::close);
    }

    @Test
    @DisplayName("however a transaction ends, its view and its cursors are closed, and every other call throws")
    void ended() {
        for (Versions versions : List.of(Versions.CHAINED, Versions.NATIVE)) {
            endings().forEach((how, end) -> checkEnded(new MemoryTransactions(versions), how, end));
        }
    }

    private static void checkEnded(MemoryTransactions store, String how, Consumer<Transaction> end) {
        store.put(A, ONE);
        Transaction transaction = store.begin(Isolation.SNAPSHOT);
        transaction.put(B, ONE);
        Transaction.Savepoint savepoint = transaction.savepoint();
        Cursor cursor = transaction.cursor(KeyRange.all());
        Cursor other = transaction.cursor(KeyRange.all());
        cursor.seekToFirst();
        other.close();
        end.accept(transaction);
        String after = " after " + how;
        assertFalse(store.versions().watermark().isHeld(), "a sequence is held" + after);
        assertEquals(0, store.engine().openCursors(), "open cursors of the engine" + after);
        assertThrows(IllegalStateException.class, cursor::isValid, "isValid() of its cursor" + after);
        assertThrows(IllegalStateException.class, () -> transaction.get(A), "get" + after);
        assertThrows(IllegalStateException.class, () -> transaction.put(A, ONE), "put" + after);
        assertThrows(IllegalStateException.class, () -> transaction.delete(A), "delete" + after);
        assertThrows(IllegalStateException.class, () -> transaction.cursor(KeyRange.all()), "cursor" + after);
        assertThrows(IllegalStateException.class, transaction::savepoint, "savepoint" + after);
        assertThrows(IllegalStateException.class, () -> transaction.rollbackTo(savepoint), "rollbackTo" + after);
        assertThrows(IllegalStateException.class, transaction::commit, "commit" + after);
        assertThrows(IllegalStateException.class, transaction::rollback, "rollback" + after);
        transaction.close();
        transaction.close();
        assertFalse(store.versions().watermark().isHeld(), "a sequence is held after close()" + after);
    }

    @Test
    @DisplayName("a transaction that is closed has written nothing, and one that is refused has ended")
    void closedAndRefused() {
        Transaction closed = begin();
        closed.put(A, ONE);
        closed.close();
        assertEquals(List.of(), committed(), "what the store shows when a transaction was closed and not committed");
        Transaction refused = begin();
        refused.put(A, ONE);
        refused.put(B, ONE);
        store.put(A, TWO);
        assertThrows(TransactionConflictException.class, refused::commit, "a commit, when a was written since");
        assertEquals(List.of("a=2"), committed(), "what the store shows when a transaction was refused");
        assertThrows(IllegalStateException.class, () -> refused.get(A), "get of a refused transaction");
        assertFalse(store.versions().watermark().isHeld(), "a refused transaction holds a sequence");
        refused.close();
    }

    @Test
    @DisplayName("its view is open until the commit has returned: nothing that is concurrent is forgotten before")
    void viewIsOpenAtCommit() {
        List<Boolean> held = new ArrayList<>();
        Transaction transaction = begin();
        transaction.put(A, ONE);
        store.engine().tell(call -> held.add(store.versions().watermark().isHeld()));
        transaction.commit();
        store.engine().tell(call -> {});
        assertTrue(!held.isEmpty() && !held.contains(false), "the view was closed before its writes were published");
    }
}

package storagelab.testkit.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.TransactionalStore;

/** What the transactions of every {@link TransactionalStore} promise. A test class implements it and says how to make a store. */
public interface TransactionContract {
    /** An empty store. */
    TransactionalStore newStore();

    @Test
    @DisplayName(
            "a transaction reads its own writes, by gets and by cursors, and no other reader sees them before the commit")
    default void ownWrites() {
        try (TransactionalStore store = newStore();
                Transaction transaction = store.begin(Isolation.SNAPSHOT)) {
            store.put(Slice.utf8("after"), Slice.utf8("the beginning"));
            transaction.put(Slice.utf8("b"), Slice.utf8("1"));
            transaction.put(Slice.utf8("c"), Slice.utf8("2"));
            transaction.delete(Slice.utf8("c"));

            assertThat("b, put by it", transaction.get(Slice.utf8("b")), is(Optional.of(Slice.utf8("1"))));
            assertThat("c, put and deleted by it", transaction.get(Slice.utf8("c")), is(Optional.empty()));
            assertThat("its cursor", entries(transaction.cursor(KeyRange.all())), contains("b=1"));
            assertThat("b in the store before the commit", store.get(Slice.utf8("b")), is(Optional.empty()));

            transaction.commit();
            assertThat("b in the store after the commit", store.get(Slice.utf8("b")), is(Optional.of(Slice.utf8("1"))));
        }
    }

    @Test
    @DisplayName("going back to a savepoint takes back what was written since, more than once if need be")
    default void savepoints() {
        try (TransactionalStore store = newStore();
                Transaction transaction = store.begin(Isolation.SNAPSHOT)) {
            transaction.put(Slice.utf8("a"), Slice.utf8("1"));
            Transaction.Savepoint first = transaction.savepoint();
            transaction.put(Slice.utf8("a"), Slice.utf8("2"));
            Transaction.Savepoint second = transaction.savepoint();
            transaction.delete(Slice.utf8("a"));

            transaction.rollbackTo(second);
            assertThat("a at the second", transaction.get(Slice.utf8("a")), is(Optional.of(Slice.utf8("2"))));
            transaction.rollbackTo(first);
            assertThat("a at the first", transaction.get(Slice.utf8("a")), is(Optional.of(Slice.utf8("1"))));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> transaction.rollbackTo(second),
                    "going back to a savepoint that was taken back itself");
            transaction.put(Slice.utf8("b"), Slice.utf8("1"));
            transaction.rollbackTo(first);
            transaction.commit();

            assertThat("the store after the commit", entries(store.cursor(KeyRange.all())), contains("a=1"));
        }
    }

    @Test
    @DisplayName(
            "the first committer wins: the second one changes nothing and has ended, and the message names the key")
    default void conflict() {
        try (TransactionalStore store = newStore()) {
            Transaction loser = store.begin(Isolation.SNAPSHOT);
            loser.put(Slice.utf8("x"), Slice.utf8("loser"));
            loser.put(Slice.utf8("y"), Slice.utf8("loser"));
            store.put(Slice.utf8("x"), Slice.utf8("winner"));

            TransactionConflictException error = assertThrows(
                    TransactionConflictException.class, loser::commit, "committing x after another writer of x");

            assertThat("the message", error.getMessage(), containsString("x"));
            assertThat("the store after the conflict", entries(store.cursor(KeyRange.all())), contains("x=winner"));
            assertThrows(
                    IllegalStateException.class,
                    () -> loser.get(Slice.utf8("x")),
                    "get after a commit that was refused");
            loser.close();
        }
    }

    /** What a cursor walks over, from its first entry, each as {@code key=value}. */
    static List<String> entries(Cursor cursor) {
        List<String> entries = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            entries.add(cursor.key() + "=" + cursor.value());
        }
        return entries;
    }
}

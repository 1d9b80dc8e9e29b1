package storagelab.mvcc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.TransactionalStore;
import storagelab.api.WriteBatch;
import storagelab.testkit.Seeds;
import storagelab.testkit.kv.Hermitage;
import storagelab.testkit.kv.History;
import storagelab.testkit.kv.HistoryChecker;
import storagelab.testkit.kv.MemoryTransactions;
import storagelab.testkit.kv.MemoryTransactions.Versions;
import storagelab.testkit.kv.RandomHistories;
import storagelab.testkit.kv.TransactionContract;

@Tag("6.8")
class SnapshotTransactionTest implements TransactionContract {
    private final MemoryTransactions store = new MemoryTransactions(Versions.CHAINED);

    @Override
    public TransactionalStore newStore() {
        return store;
    }

    private Transaction begin() {
        return store.begin(Isolation.SNAPSHOT);
    }

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    @Test
    @DisplayName("the worked example of recent commits: 6 writes a, 8 writes a and b, 9 writes c")
    void recentCommitsExample() {
        RecentCommits commits = new RecentCommits();
        WriteBatch a = new WriteBatch().put(utf8("a"), utf8("1"));
        WriteBatch ab = new WriteBatch().put(utf8("a"), utf8("1")).put(utf8("b"), utf8("1"));
        WriteBatch c = new WriteBatch().put(utf8("c"), utf8("1"));
        commits.add(Commit.ofWrite(6, a));
        commits.add(Commit.ofWrite(8, ab));
        commits.add(Commit.ofWrite(9, c));

        assertThrows(TransactionConflictException.class, () -> commits.checkFirst(7, ab));
        assertThrows(TransactionConflictException.class, () -> commits.checkFirst(7, c));
        commits.checkFirst(8, ab);
        assertThrows(TransactionConflictException.class, () -> commits.checkFirst(8, c));
    }

    @Test
    @DisplayName("a transaction that has written nothing asks for no commit")
    void readOnly() {
        store.put(utf8("x"), utf8("1"));
        long commits = store.commits();
        Transaction transaction = begin();
        assertThat(transaction.get(utf8("x")), is(Optional.of(utf8("1"))));
        transaction.commit(Durability.SYNCED);
        assertThat(store.commits(), is(commits));
    }

    @ParameterizedTest
    @EnumSource(Hermitage.class)
    @DisplayName("the Hermitage table: each anomaly happens if snapshot isolation allows it, and otherwise not")
    void hermitage(Hermitage anomaly) {
        List<String> seen = anomaly.seenIn(store, Isolation.SNAPSHOT);
        assertThat(seen.toString(), !seen.isEmpty(), is(anomaly.isAllowedBy(Isolation.SNAPSHOT)));
    }

    @Test
    @DisplayName("however the steps of transactions are mixed, nothing is seen that snapshot isolation does not allow")
    void histories() {
        Seeds.check(100, random -> {
            History history =
                    RandomHistories.mixed(new MemoryTransactions(Versions.CHAINED), Isolation.SNAPSHOT, "k", random);
            assertThat(HistoryChecker.check(history, Isolation.SNAPSHOT).orElse("none"), is("none"));
        });
    }
}

package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionalStore;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.mvcc.VersionMetrics;
import storagelab.recovery.EngineKind;
import storagelab.testkit.kv.TransactionContract;
import storagelab.testkit.kv.Transfers;
import storagelab.testkit.recovery.SmallStores;
import storagelab.wal.WalMetrics;

@Tag("6.11")
class TransactionTest {
    private final CrashDisk disk = CrashDisk.create();

    private CrashSafeStore open(EngineKind engine) {
        return CrashSafeStore.open(disk.root(), SmallStores.options(engine));
    }

    @Nested
    class OverABTree implements TransactionContract {
        @Override
        public TransactionalStore newStore() {
            return open(EngineKind.BTREE);
        }
    }

    @Nested
    class OverAnLsmTree implements TransactionContract {
        @Override
        public TransactionalStore newStore() {
            return open(EngineKind.LSM);
        }
    }

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a cursor shows what was written before it was made, and not what is written after")
    void cursorOfOneMoment(EngineKind engine) {
        try (CrashSafeStore store = open(engine)) {
            store.put(utf8("a"), utf8("1"));
            store.put(utf8("c"), utf8("1"));
            Transaction transaction = store.begin(Isolation.SERIALIZABLE);
            transaction.put(utf8("b"), utf8("1"));
            transaction.delete(utf8("c"));
            Cursor cursor = transaction.cursor(KeyRange.all());
            transaction.put(utf8("d"), utf8("1"));

            assertThat(TransactionContract.entries(cursor), contains("a=1", "b=1"));
            cursor.seekBefore(utf8("b"));
            assertThat(cursor.key(), is(utf8("a")));
            transaction.rollback();
            assertThrows(IllegalStateException.class, cursor::isValid);
            assertThat(store.versions(), is(0L));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a transaction that has written nothing appends nothing to the log")
    void readOnly(EngineKind engine) {
        try (CrashSafeStore store = open(engine)) {
            store.put(utf8("x"), utf8("1"));
            long records = store.stats().get(WalMetrics.RECORDS);
            for (Isolation level : Isolation.values()) {
                Transaction transaction = store.begin(level);
                transaction.get(utf8("x"));
                transaction.commit(Durability.SYNCED);
            }
            assertThat(store.stats().get(WalMetrics.RECORDS), is(records));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("the stats say how many views are open, and what they keep")
    void statsOfViews(EngineKind engine) {
        try (CrashSafeStore store = open(engine)) {
            store.put(utf8("x"), utf8("12345"));
            Transaction reader = store.begin(Isolation.SNAPSHOT);
            store.put(utf8("x"), utf8("1"));
            store.put(utf8("x"), utf8("2"));
            boolean isChained = engine == EngineKind.BTREE;
            assertThat(store.stats().get(VersionMetrics.VIEWS), is(1L));
            assertThat(store.stats().get(VersionMetrics.VIEW_LAG), is(2L));
            assertThat(store.stats().get(VersionMetrics.VERSIONS), is(isChained ? 1L : 0L));
            assertThat(store.stats().get(VersionMetrics.VERSION_BYTES), is(isChained ? 5L : 0L));
            reader.rollback();
            assertThat(store.stats().get(VersionMetrics.VIEWS), is(0L));
            assertThat(store.stats().get(VersionMetrics.VERSION_BYTES), is(0L));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a SYNCED commit is there after a power cut, as a whole, and an open transaction has left nothing")
    void durable(EngineKind engine) {
        Path root = disk.root();
        CrashSafeStore store = open(engine);
        Transaction committed = store.begin(Isolation.SERIALIZABLE);
        for (int i = 0; i < 50; i++) {
            committed.put(utf8("key " + i), utf8("" + i));
        }
        committed.commit(Durability.SYNCED);
        Transaction open = store.begin(Isolation.SERIALIZABLE);
        open.put(utf8("open"), utf8("1"));

        Path after = disk.afterCrash(SurvivalMode.NOTHING, 0).root();
        try (CrashSafeStore again = CrashSafeStore.open(after, SmallStores.options(engine))) {
            assertThat(again.get(utf8("key 49")), is(Optional.of(utf8("49"))));
            assertThat(again.get(utf8("open")), is(Optional.empty()));
        }
        store.close();
        assertThat(root.getFileSystem().isOpen(), is(true));
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("transfers between accounts by many threads lose and make no money, at each level")
    void transfers(EngineKind engine) throws InterruptedException {
        for (Isolation level : Isolation.values()) {
            try (CrashSafeStore store = CrashSafeStore.open(CrashDisk.create().root(), SmallStores.options(engine))) {
                int sum = Transfers.run(store, level, 8, 150);
                assertThat("all accounts together, " + level, sum, is(8 * Transfers.BALANCE));
                assertThat(store.versions(), is(0L));
            }
        }
    }
}

package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Crew;
import storagelab.testkit.recovery.SmallStores;

class RangeDeletionTest {
    private static final KeyRange MIDDLE = KeyRange.of(key(10), key(30));

    private final CrashDisk disk = CrashDisk.create();

    private CrashSafeStore filled(EngineKind engine) {
        CrashSafeStore store = CrashSafeStore.open(disk.root(), SmallStores.options(engine));
        for (int i = 0; i < 40; i++) {
            store.put(key(i), Slice.utf8("" + i));
        }
        return store;
    }

    private static Slice key(int number) {
        return Slice.utf8("key %02d".formatted(number));
    }

    private static int count(Cursor cursor) {
        int count = 0;
        try (cursor) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                count++;
            }
        }
        return count;
    }

    private static int count(OrderedStore store) {
        return count(store.cursor(KeyRange.all()));
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "the keys from the lower bound on to the upper one, which is not included, are gone; snapshots still see them")
    void bounds(EngineKind engine) {
        try (CrashSafeStore store = filled(engine);
                Snapshot before = store.snapshot()) {
            assertThat(store.deleteRange(MIDDLE, Durability.BUFFERED), is(20L));
            assertThat(count(store), is(20));
            assertThat(store.get(key(9)), is(Optional.of(Slice.utf8("9"))));
            assertThat(store.get(key(10)), is(Optional.empty()));
            assertThat(store.get(key(29)), is(Optional.empty()));
            assertThat(store.get(key(30)), is(Optional.of(Slice.utf8("30"))));
            assertThat(count(before.cursor(MIDDLE)), is(20));
            assertThat(store.deleteRange(MIDDLE, Durability.BUFFERED), is(0L));
            assertThat(store.deleteRange(KeyRange.prefix(Slice.utf8("key 3")), Durability.BUFFERED), is(10L));
            assertThat(store.deleteRange(KeyRange.all(), Durability.SYNCED), is(10L));
            assertThat(count(store), is(0));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "whenever the power is cut, the range is there as a whole or not at all, and gone once the call has returned")
    void crash(EngineKind engine) throws Exception {
        CrashExplorer.explore(
                CrashExplorerOptions.defaults().withRandomImages(2),
                recorded -> {
                    CrashSafeStore store = CrashSafeStore.open(recorded.root(), SmallStores.options(engine));
                    for (int i = 0; i < 40; i++) {
                        store.put(key(i), Slice.utf8("" + i));
                    }
                    store.write(new WriteBatch().put(key(99), Slice.EMPTY), Durability.SYNCED);
                    recorded.ack("filled");
                    store.deleteRange(MIDDLE, Durability.SYNCED);
                    recorded.ack("deleted");
                    store.close();
                },
                point -> {
                    if (!point.acknowledged().contains("filled")) {
                        return;
                    }
                    try (CrashSafeStore store = CrashSafeStore.open(point.root(), SmallStores.options(engine))) {
                        boolean isDeleted = point.acknowledged().contains("deleted");
                        assertThat(
                                "keys of the range",
                                count(store.cursor(MIDDLE)),
                                isDeleted ? is(0) : anyOf(is(0), is(20)));
                        assertThat("keys outside of the range", count(store) - count(store.cursor(MIDDLE)), is(21));
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("readers during a deletion see all keys of the range or none")
    void readers(EngineKind engine) throws InterruptedException {
        try (CrashSafeStore store = filled(engine);
                Crew crew = new Crew()) {
            AtomicBoolean isOver = new AtomicBoolean();
            crew.start(2, "reader", () -> {
                while (!isOver.get()) {
                    assertThat(count(store.cursor(MIDDLE)), anyOf(is(0), is(20)));
                }
            });
            crew.start("deleter", () -> {
                try {
                    for (int round = 0; round < 50; round++) {
                        store.deleteRange(MIDDLE, Durability.BUFFERED);
                        WriteBatch again = new WriteBatch();
                        for (int i = 10; i < 30; i++) {
                            again.put(key(i), Slice.utf8("" + round));
                        }
                        store.write(again, Durability.BUFFERED);
                    }
                } finally {
                    isOver.set(true);
                }
            });
            crew.join();
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a range with too many keys is refused with what to do, and nothing is deleted")
    void tooMany(EngineKind engine) {
        try (CrashSafeStore store = filled(engine);
                Cursor cursor = store.cursor(MIDDLE)) {
            assertThat(RangeDeletions.of(cursor, MIDDLE, 20).operations().size(), is(20));
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> RangeDeletions.of(cursor, MIDDLE, 19));
            assertThat(
                    refused.getMessage(),
                    containsString("the range [key 10, key 30) has more than 19 keys, which is the most that can be"));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("in a transaction: own writes are removed, others see it at the commit, a rollback takes it back")
    void inATransaction(EngineKind engine) {
        try (CrashSafeStore store = filled(engine)) {
            try (Transaction transaction = store.begin(Isolation.SNAPSHOT)) {
                transaction.put(Slice.utf8("key 15b"), Slice.utf8("own"));
                Transaction.Savepoint before = transaction.savepoint();
                assertThat(transaction.deleteRange(MIDDLE), is(21L));
                assertThat(count(transaction.cursor(MIDDLE)), is(0));
                transaction.rollbackTo(before);
                assertThat(count(transaction.cursor(MIDDLE)), is(21));
                transaction.deleteRange(MIDDLE);
                assertThat(count(store), is(40));
                transaction.commit();
            }
            assertThat(count(store), is(20));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("in a transaction: a concurrent write of a key that was there is a conflict, at both levels")
    void conflictWithAKey(EngineKind engine) {
        try (CrashSafeStore store = filled(engine)) {
            for (Isolation level : Isolation.values()) {
                Transaction transaction = store.begin(level);
                transaction.deleteRange(MIDDLE);
                store.put(key(20), Slice.utf8("new"));
                assertThrows(TransactionConflictException.class, transaction::commit, level.toString());
            }
            assertThat(count(store), is(40));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "two transactions that empty each other's range and add a key to their own: one fails if serializable, none else")
    void phantoms(EngineKind engine) {
        try (CrashSafeStore store = filled(engine)) {
            for (Isolation level : Isolation.values()) {
                Transaction one = store.begin(level);
                Transaction other = store.begin(level);
                one.deleteRange(KeyRange.of(key(0), key(10)));
                one.put(Slice.utf8("key 35b"), Slice.utf8("one"));
                other.deleteRange(KeyRange.of(key(30), key(40)));
                other.put(Slice.utf8("key 05b"), Slice.utf8("other"));
                one.commit();
                List<String> left = new ArrayList<>();
                if (level == Isolation.SERIALIZABLE) {
                    assertThrows(TransactionConflictException.class, other::commit);
                    left.add("key 35b=one");
                } else {
                    other.commit();
                    left.addAll(List.of("key 05b=other", "key 35b=one"));
                }
                List<String> added = new ArrayList<>();
                try (Cursor cursor = store.cursor(KeyRange.all())) {
                    for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                        if (cursor.key().toString().endsWith("b")) {
                            added.add(cursor.key() + "=" + cursor.value());
                        }
                    }
                }
                assertThat(level.toString(), added, is(left));
                for (int i = 0; i < 40; i++) {
                    store.put(key(i), Slice.utf8("" + i));
                }
                store.delete(Slice.utf8("key 35b"));
                store.delete(Slice.utf8("key 05b"));
            }
        }
    }
}

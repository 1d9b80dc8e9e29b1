package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.kv.CrashSafeStore;
import storagelab.mvcc.TransactionMetrics;
import storagelab.mvcc.VersionMetrics;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.recovery.RecoveryManager;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.kv.Hermitage;
import storagelab.testkit.kv.History;
import storagelab.testkit.kv.HistoryChecker;
import storagelab.testkit.kv.RandomHistories;
import storagelab.testkit.recovery.SmallStores;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalMetrics;
import storagelab.wal.WalOptions;

/** Exercise 6.11: everything at once, over both engines. */
@Tag("6.11")
class CrashSafeStoreHiddenTest {
    private static final int ACCOUNTS = 6;

    private final CrashDisk disk = CrashDisk.create();

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    private CrashSafeStore open(EngineKind engine) {
        return open(disk, engine);
    }

    private static CrashSafeStore open(CrashDisk disk, EngineKind engine) {
        return CrashSafeStore.open(disk.root(), SmallStores.options(engine));
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("the Hermitage table: each anomaly happens at the levels that allow it, and at no other")
    void hermitage(EngineKind engine) {
        for (Hermitage anomaly : Hermitage.values()) {
            for (Isolation level : Isolation.values()) {
                try (CrashSafeStore store = open(CrashDisk.create(), engine)) {
                    List<String> seen = anomaly.seenIn(store, level);
                    assertEquals(
                            anomaly.isAllowedBy(level),
                            !seen.isEmpty(),
                            anomaly + ", " + anomaly.title() + ", over " + engine + " at " + level
                                    + ": whether it happens; seen: " + seen);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("in random histories, of mixed steps and of threads, nothing is seen that the level does not allow")
    void histories(EngineKind engine) {
        Seeds.check(1, random -> {
            for (Isolation level : Isolation.values()) {
                try (CrashSafeStore store = open(CrashDisk.create(), engine)) {
                    for (int i = 0; i < 60; i++) {
                        check(RandomHistories.mixed(store, level, "h" + i + ".", random), level);
                    }
                    for (int i = 0; i < 5; i++) {
                        check(RandomHistories.ofThreads(store, level, "t" + i + ".", random.nextLong()), level);
                    }
                }
            }
        });
    }

    private static void check(History history, Isolation level) {
        String anomaly = HistoryChecker.check(history, level).orElse("none");
        assertTrue(anomaly.equals("none"), anomaly);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "after each transfer, whatever a power cut leaves, the SYNCED ones are there and no money is lost or made")
    void transfersAndPowerCuts(EngineKind engine) {
        Seeds.check(1, random -> {
            CrashDisk own = CrashDisk.create();
            CrashSafeStore store = open(own, engine);
            WriteBatch accounts = new WriteBatch();
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts.put(utf8("account " + i), utf8("100"));
            }
            store.write(accounts, Durability.SYNCED);
            for (int done = 1; done <= 25; done++) {
                Durability durability = random.nextInt(3) == 0 ? Durability.SYNCED : Durability.BUFFERED;
                transfer(store, done, durability, random);
                Transaction open = store.begin(Isolation.SERIALIZABLE);
                open.put(utf8("account 0"), utf8("1000000"));
                for (SurvivalMode mode : SurvivalMode.values()) {
                    CrashDisk after = own.afterCrash(mode, random.nextLong());
                    try (CrashSafeStore again = open(after, engine)) {
                        assertMoney(
                                again,
                                durability == Durability.SYNCED ? done : 0,
                                "after transfer " + done + ", " + mode);
                    }
                }
                open.rollback();
            }
            store.close();
        });
    }

    private static void transfer(CrashSafeStore store, int number, Durability durability, Random random) {
        try (Transaction transaction = store.begin(Isolation.values()[random.nextInt(2)])) {
            Slice from = utf8("account " + random.nextInt(ACCOUNTS));
            Slice to = utf8("account " + random.nextInt(ACCOUNTS));
            transaction.put(from, plus(transaction, from, -7));
            transaction.put(to, plus(transaction, to, 7));
            transaction.put(utf8("last"), utf8("" + number));
            transaction.commit(durability);
        }
    }

    private static Slice plus(Transaction transaction, Slice account, int amount) {
        return utf8(Integer.toString(
                Integer.parseInt(transaction.get(account).orElseThrow().toString()) + amount));
    }

    private static void assertMoney(CrashSafeStore store, int lastAtLeast, String when) {
        int sum = 0;
        int last = 0;
        try (Transaction transaction = store.begin(Isolation.SNAPSHOT);
                Cursor cursor = transaction.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                int number = Integer.parseInt(cursor.value().toString());
                if (cursor.key().equals(utf8("last"))) {
                    last = number;
                } else {
                    sum += number;
                }
            }
        }
        assertEquals(100 * ACCOUNTS, sum, "the sum of all accounts " + when);
        assertTrue(
                last >= lastAtLeast, "transfer " + lastAtLeast + " was SYNCED, and the last that is there is " + last);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("after a kill, every write that has returned is there, and transactions go on from it")
    void afterAKill(EngineKind engine) {
        CrashSafeStore store =
                CrashSafeStore.open(disk.root(), SmallStores.options(engine).withCheckpointLogBytes(1 << 20));
        for (int i = 0; i < 200; i++) {
            store.put(utf8("key " + i), utf8("" + i));
        }
        CrashDisk killed = disk.afterCrash(SurvivalMode.EVERYTHING, 1);
        try (CrashSafeStore again = open(killed, engine)) {
            assertTrue(again.replayedOperations() > 0, "no operation was applied again");
            for (int i = 0; i < 200; i++) {
                assertEquals(Optional.of(utf8("" + i)), again.get(utf8("key " + i)), "key " + i + " after the kill");
            }
            try (Transaction transaction = again.begin(Isolation.SERIALIZABLE)) {
                assertEquals(Optional.of(utf8("199")), transaction.get(utf8("key 199")), "in a transaction");
                transaction.put(utf8("key 199"), utf8("new"));
                transaction.commit();
            }
            assertEquals(Optional.of(utf8("new")), again.get(utf8("key 199")), "after a commit");
        }
        store.close();
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("while many operations are applied again, progress is told")
    void progress(EngineKind engine) {
        DurableOptions options =
                DurableOptions.defaults(engine).withLog(new WalOptions(1 << 20, SegmentAccess.CHANNEL));
        CrashSafeStore store = CrashSafeStore.open(disk.root(), options);
        WriteBatch batch = new WriteBatch();
        int operations = (int) RecoveryManager.PROGRESS_OPERATIONS + 1_000;
        for (int i = 0; i < operations; i++) {
            batch.put(utf8("k" + i), utf8("v"));
        }
        store.write(batch, Durability.BUFFERED);
        List<Long> told = new ArrayList<>();
        CrashDisk killed = disk.afterCrash(SurvivalMode.EVERYTHING, 1);
        try (CrashSafeStore again = CrashSafeStore.open(killed.root(), options, told::add)) {
            assertEquals(operations, again.replayedOperations(), "operations that were applied again");
            assertEquals(List.of((long) operations), told, "what progress was told");
        }
        store.close();
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a write never conflicts, a transaction conflicts with it, and it is as durable as was asked for")
    void writes(EngineKind engine) {
        CrashSafeStore store = open(engine);
        Transaction transaction = store.begin(Isolation.SNAPSHOT);
        transaction.put(utf8("x"), utf8("transaction"));
        store.write(new WriteBatch().put(utf8("x"), utf8("write")), Durability.SYNCED);
        assertThrows(
                TransactionConflictException.class, transaction::commit, "a commit, when x was written since it began");
        store.write(new WriteBatch().put(utf8("x"), utf8("again")), Durability.SYNCED);
        CrashDisk after = disk.afterCrash(SurvivalMode.NOTHING, 1);
        try (CrashSafeStore again = open(after, engine)) {
            assertEquals(Optional.of(utf8("again")), again.get(utf8("x")), "a SYNCED write after a power cut");
        }
        store.close();
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a transaction sees every write that has returned, of its level and of no later moment")
    void begins(EngineKind engine) {
        try (CrashSafeStore store = open(engine)) {
            for (int i = 0; i < 50; i++) {
                store.put(utf8("x"), utf8("" + i));
                try (Transaction transaction = store.begin(Isolation.SNAPSHOT)) {
                    store.put(utf8("x"), utf8("later"));
                    assertEquals(
                            Optional.of(utf8("" + i)),
                            transaction.get(utf8("x")),
                            "x, which was " + i + " when it began");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("the stats have the engine's counts, the log's, the transactions', and what an open view costs now")
    void stats(EngineKind engine) {
        try (CrashSafeStore store = open(engine)) {
            store.put(utf8("x"), utf8("1"));
            store.get(utf8("x"));
            Transaction reader = store.begin(Isolation.SNAPSHOT);
            for (int i = 0; i < 10; i++) {
                store.put(utf8("k" + i), utf8("1"));
                store.put(utf8("x"), utf8("12345"));
            }
            assertTrue(store.stats().get(Metric.GETS) > 0, "no gets are counted");
            assertTrue(store.stats().get(WalMetrics.RECORDS) > 0, "no records of the log are counted");
            assertEquals(1, store.stats().get(TransactionMetrics.BEGUN), "transactions that began");
            assertEquals(1, store.stats().get(VersionMetrics.VIEWS), "views with an open transaction");
            assertEquals(20, store.stats().get(VersionMetrics.VIEW_LAG), "operations since the oldest view began");
            boolean isChained = engine == EngineKind.BTREE;
            assertEquals(
                    isChained ? 11 : 0,
                    store.stats().get(VersionMetrics.VERSIONS),
                    "versions of eleven keys over " + engine);
            assertEquals(isChained ? 1 : 0, store.stats().get(VersionMetrics.VERSION_BYTES), "bytes of them");
            reader.rollback();
            assertEquals(0, store.stats().get(VersionMetrics.VIEWS), "views when it has ended");
            assertEquals(
                    0, store.stats().get(VersionMetrics.VIEW_LAG), "operations since the oldest view, without one");
            assertEquals(0, store.stats().get(VersionMetrics.VERSIONS), "versions when it has ended");
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a store that is open, or has the other engine, is refused, and can be opened afterwards as it is")
    void refused(EngineKind engine) {
        EngineKind other = engine == EngineKind.BTREE ? EngineKind.LSM : EngineKind.BTREE;
        try (CrashSafeStore store = open(engine)) {
            store.put(utf8("x"), utf8("1"));
            assertThrows(StorageIoException.class, () -> open(engine), "a second opening while the store is open");
        }
        assertThrows(IllegalArgumentException.class, () -> open(other), "opening with the other engine");
        try (CrashSafeStore store = open(engine)) {
            assertEquals(Optional.of(utf8("1")), store.get(utf8("x")), "x after the refusals");
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("the options are those that were given: a log in small segments, checkpoints after few bytes")
    void options(EngineKind engine) throws java.io.IOException {
        try (CrashSafeStore store =
                CrashSafeStore.open(disk.root(), SmallStores.options(engine).withCheckpointLogBytes(1 << 20))) {
            for (int i = 0; i < 200; i++) {
                store.put(utf8("key " + i), Slice.wrap(new byte[100]));
            }
            try (java.util.stream.Stream<Path> segments =
                    java.nio.file.Files.list(disk.root().resolve("log"))) {
                long count = segments.count();
                assertTrue(count > 5, count + " segments for 20,000 bytes in segments of 2,000");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("transfers by four threads alongside checkpoints and readers lose and make no money, at each level")
    void threads(EngineKind engine) throws InterruptedException {
        for (Isolation level : Isolation.values()) {
            try (CrashSafeStore store = open(CrashDisk.create(), engine)) {
                for (int i = 0; i < ACCOUNTS; i++) {
                    store.put(utf8("account " + i), utf8("100"));
                }
                try (Crew crew = new Crew()) {
                    crew.start(3, "teller", () -> {
                        Random random =
                                new Random(Thread.currentThread().getName().hashCode());
                        for (int done = 0; done < 60 && !crew.hasFailed(); ) {
                            try {
                                transfer(store, done, Durability.BUFFERED, random);
                                done++;
                            } catch (TransactionConflictException e) {
                                Thread.onSpinWait(); // it is run again
                            }
                        }
                    });
                    crew.start("auditor", () -> {
                        for (int i = 0; i < 20 && !crew.hasFailed(); i++) {
                            assertMoney(store, 0, "while tellers work, at " + level);
                            store.checkpoint();
                        }
                    });
                    crew.join();
                }
                assertMoney(store, 0, "when all tellers have ended, at " + level);
            }
        }
    }
}

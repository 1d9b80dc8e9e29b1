package storagelab.grader.hidden.lab07;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Entry;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.SnapshotStore;
import storagelab.api.StorageIoException;
import storagelab.api.Transaction;
import storagelab.api.TransactionalStore;
import storagelab.api.WriteBatch;
import storagelab.btree.StoredValue;
import storagelab.cost.EngineCosts;
import storagelab.cursor.ForwardingCursor;
import storagelab.cursor.ListCursor;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.disk.SurvivalMode;
import storagelab.hybrid.HybridMetrics;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.recovery.RecoveryManager;
import storagelab.testkit.hybrid.HybridStores;
import storagelab.testkit.kv.Hermitage;
import storagelab.testkit.kv.TransactionContract;
import storagelab.testkit.kv.Transfers;
import storagelab.testkit.recovery.DurableContracts;
import storagelab.tier.MigratorOptions;
import storagelab.tier.MoveReport;
import storagelab.tier.TierMigrator;
import storagelab.wal.WalMetrics;

/** Exercise 7.11: what is promised of any store, of one whose keys move; and the bulk load. */
@Tag("7.11")
class HybridStoreHiddenTest {
    private static final int BIG = 1_024; // bytes of an entry
    private static final int IN_A_BATCH = (256 << 10) / BIG;

    private final CrashDisk disk = CrashDisk.create();

    private static HybridStore openRestless(Path directory) {
        return HybridStore.open(directory, HybridStores.restless());
    }

    private static HybridOptions small() {
        return HybridStores.small();
    }

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    @Nested
    @Tag("7.11")
    class AsAStore extends DurableContracts {
        AsAStore() {
            super(HybridStores.restless().store());
        }

        @Override
        public SnapshotStore open(Path directory) {
            return openRestless(directory);
        }

        @Override
        protected int longKeyBytes() {
            return StoredValue.keyBytesMax(options().btree().pageSizeBytes());
        }
    }

    @Nested
    @Tag("7.11")
    class WithTransactions implements TransactionContract {
        @Override
        public TransactionalStore newStore() {
            return openRestless(CrashDisk.create().root().resolve("store"));
        }
    }

    /** What the store has after so many batches. */
    private static Map<Slice, Slice> afterBatches(int count) {
        Map<Slice, Slice> content = new TreeMap<>();
        for (int i = 1; i <= count; i++) {
            for (WriteBatch.Operation operation : batch(i).operations()) {
                content.remove(operation.key());
                if (operation instanceof WriteBatch.Put put) {
                    content.put(put.key(), put.value());
                }
            }
        }
        return content;
    }

    /** Puts its number, changes a key of each end of the store, and deletes one. */
    private static WriteBatch batch(int number) {
        Slice value = utf8("value %d".formatted(number));
        return new WriteBatch()
                .put(utf8("batch"), utf8("%d".formatted(number)))
                .put(utf8("a%d".formatted(number % 7)), value)
                .put(utf8("z%d".formatted(number % 5)), value)
                .delete(utf8("a%d".formatted((number + 3) % 7)));
    }

    private static int durableAt(int number) {
        return number - number % 3; // each third batch is SYNCED
    }

    @Test
    @DisplayName(
            "whenever the power is cut while ranges move, SYNCED batches are there, and a prefix of the others, each as a whole")
    void everyCrash() throws Exception {
        HybridRounds rounds = new HybridRounds();
        AtomicInteger asked = new AtomicInteger();
        HybridOptions moving = rounds.options()
                .withCosts((load, seconds, data) ->
                        asked.incrementAndGet() / 4 % 2 == 0 ? new EngineCosts(1, 100) : new EngineCosts(100, 1));
        CrashReport report = CrashExplorer.explore(
                CrashExplorerOptions.defaults().withStride(3),
                crashing -> {
                    try (HybridStore store = HybridStore.open(crashing.root(), moving)) {
                        for (int i = 1; i <= 24; i++) {
                            store.write(batch(i), i % 3 == 0 ? Durability.SYNCED : Durability.BUFFERED);
                            crashing.ack(i);
                            if (i % 2 == 0) {
                                rounds.pass();
                                store.runRound();
                            }
                        }
                        assertThat("moves", store.stats().get(HybridMetrics.MOVES), is(greaterThan(2L)));
                    }
                },
                crash -> {
                    int done = crash.acknowledged().size();
                    try (HybridStore store = HybridStore.open(crash.root(), moving)) {
                        crash.recovered();
                        Map<Slice, Slice> content = content(store);
                        Slice last = content.getOrDefault(utf8("batch"), utf8("0"));
                        int found = Integer.parseInt(last.toUtf8());
                        assertThat(
                                "batches of " + done,
                                found,
                                is(both(greaterThanOrEqualTo(durableAt(done))).and(lessThanOrEqualTo(done + 1))));
                        assertThat("after " + found + " batches", content, is(afterBatches(found)));
                        store.runRound();
                        store.engine().verify();
                        assertThat("after a round", content(store), is(content));
                    }
                });
        assertThat("crashes tried", report.images(), is(greaterThan(100L)));
    }

    @Test
    @DisplayName("transfers between accounts keep the sum while the accounts move")
    void transfers() throws InterruptedException {
        try (HybridStore store = openRestless(disk.root())) {
            assertThat(Transfers.run(store, Isolation.SNAPSHOT, 10, 100), is(10 * Transfers.BALANCE));
            assertThat("what a round threw", store.roundFailure(), is(Optional.empty()));
            store.engine().verify();
        }
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    @DisplayName("anomalies happen at the levels that allow them, and at no other")
    void isolation(Isolation level) {
        for (Hermitage anomaly : Hermitage.values()) {
            try (HybridStore store = openRestless(CrashDisk.create().root())) {
                List<String> seen = anomaly.seenIn(store, level);
                assertThat(
                        anomaly + ", " + anomaly.title() + ", at " + level + "; seen: " + seen,
                        !seen.isEmpty(),
                        is(anomaly.isAllowedBy(level)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SurvivalMode.class)
    @DisplayName("a transaction over keys of both engines is there as a whole after a crash, or not at all")
    void overBothEngines(SurvivalMode mode) {
        try (HybridStore store = HybridStore.open(disk.root(), small())) {
            store.put(utf8("price"), utf8("0"));
            store.put(utf8("order"), utf8("0"));
            HybridRounds.moveNow(store, HybridRounds.range("p", null));
            assertThat(store.placement().tierOf(utf8("price")), is("btree"));
            assertThat(store.placement().tierOf(utf8("order")), is("lsm"));
            for (int i = 1; i <= 60; i++) {
                Durability durability = i % 3 == 0 ? Durability.SYNCED : Durability.BUFFERED;
                Slice value = utf8(Integer.toString(i));
                try (Transaction sale = store.begin(Isolation.SERIALIZABLE)) {
                    sale.put(utf8("price"), value);
                    sale.put(utf8("order"), value);
                    sale.commit(durability);
                }
                if (i % 5 == 0) {
                    Path crashed = disk.afterCrash(mode, i).root();
                    try (HybridStore again = HybridStore.open(crashed, small())) {
                        Slice price = again.get(utf8("price")).orElseThrow();
                        assertThat("price and order", again.get(utf8("order")), is(Optional.of(price)));
                        int least = i - i % 3; // the last one that was SYNCED
                        assertThat("the last sale is old", Integer.parseInt(price.toUtf8()) < least, is(false));
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("a second opening, and a store with another engine, are refused with a reason")
    void refused() {
        try (HybridStore store = HybridStore.open(disk.root(), small())) {
            store.put(utf8("a"), utf8("1"));
            assertThrows(StorageIoException.class, () -> HybridStore.open(disk.root(), small()));
            assertThat(store.get(utf8("a")), is(Optional.of(utf8("1"))));
        }
        Path plain = CrashDisk.create().root().resolve("plain");
        CrashSafeStore.open(plain, DurableOptions.defaults(EngineKind.BTREE)).close();
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> HybridStore.open(plain, small()));
        assertThat(wrong.getMessage(), containsString("btree"));
    }

    @Test
    @DisplayName("while many operations are applied again, progress is told")
    void progress() {
        HybridOptions longLog = HybridOptions.defaults().withRoundEvery(Duration.ZERO);
        List<Long> told = new ArrayList<>();
        int operations = (int) RecoveryManager.PROGRESS_OPERATIONS + 1_000;
        try (HybridStore store = HybridStore.open(disk.root(), longLog)) {
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < operations; i++) {
                batch.put(utf8("k" + i), utf8("1"));
            }
            store.write(batch, Durability.BUFFERED);
            Path killed = disk.afterCrash(SurvivalMode.EVERYTHING, 1).root();
            HybridStore.open(killed, longLog, told::add).close();
        }
        assertThat("what progress was told", told, is(List.of((long) operations)));
    }

    private static Slice big(int number) {
        return utf8("%024d".formatted(number));
    }

    private static List<Entry> bigEntries(int count) {
        Slice value = utf8("v".repeat(BIG - 24));
        return IntStream.range(0, count)
                .mapToObj(i -> new Entry(big(i), value, false))
                .toList();
    }

    /** A cursor that calls {@code at} before it goes on from the entry with the number that it is given. */
    private static Cursor counting(List<Entry> entries, IntConsumer at) {
        return new ForwardingCursor(new ListCursor(entries)) {
            private int number;

            @Override
            public void next() {
                at.accept(number++);
                super.next();
            }
        };
    }

    private static Map<Slice, Slice> content(HybridStore store) {
        Map<Slice, Slice> content = new TreeMap<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                content.put(cursor.key(), cursor.value());
            }
        }
        return content;
    }

    @Test
    @DisplayName("a bulk load is on the disk when it returns, and was not in the log")
    void bulkLoad() {
        try (HybridStore store = HybridStore.open(disk.root(), small())) {
            assertThat("entries", store.bulkLoad(new ListCursor(bigEntries(600))), is(600L));
            assertThat(
                    "operations of the LSM tree: each entry is put once",
                    store.engine().tier("lsm").lastSequence(),
                    is(600L));
            Path crashed = disk.afterCrash(SurvivalMode.NOTHING, 0).root();
            try (HybridStore again = HybridStore.open(crashed, small())) {
                assertThat("entries after a crash", content(again).size(), is(600));
                assertThat("operations from the log", again.store().replayedOperations(), is(0L));
            }
            assertThat("log bytes for 600 KiB of entries", store.stats().get(WalMetrics.BYTES), is(lessThan(10_000L)));
            assertThat(store.placement().tierOf(big(0)), is("lsm"));
            assertDoesNotThrow(() -> store.put(big(3), utf8("later")), "a put after a bulk load");
            assertThat(store.get(big(3)), is(Optional.of(utf8("later"))));
        }
        try (HybridStore store = HybridStore.open(CrashDisk.create().root(), small())) {
            assertThat("entries of nothing", store.bulkLoad(new ListCursor(List.of())), is(0L));
        }
    }

    @Test
    @DisplayName("a store with entries, in its cache or in a tier, refuses a bulk load and stays as it was")
    void bulkLoadOfAFullStore() {
        try (HybridStore store = HybridStore.open(disk.root(), small())) {
            store.put(big(7), utf8("1"));
            for (String where : List.of("in memory", "in a table of the LSM tree", "on the B+tree")) {
                if (where.equals("on the B+tree")) {
                    moveToTree(store);
                }
                assertThrows(IllegalStateException.class, () -> store.bulkLoad(new ListCursor(bigEntries(3))), where);
                assertThat(where, content(store), is(Map.of(big(7), utf8("1"))));
                store.checkpoint();
            }
            store.delete(big(7));
            assertThat("when it is empty again", store.bulkLoad(new ListCursor(bigEntries(3))), is(3L));
            assertThat("entries", content(store).size(), is(3));
            store.engine().verify();
        }
    }

    private static void moveToTree(HybridStore store) {
        TierMigrator migrator = new TierMigrator(store.engine(), MigratorOptions.defaults());
        MoveReport unused = migrator.move(KeyRange.all(), "btree");
    }

    @Test
    @DisplayName("keys that do not ascend end a bulk load; the full batches before are in the store, and no more")
    void bulkLoadThatDescends() {
        for (int repeated : List.of(0, 1)) {
            List<Entry> entries = new ArrayList<>(bigEntries(2 * IN_A_BATCH + 150));
            Entry last = entries.get(entries.size() - 1 - repeated);
            entries.add(last);
            List<Slice> keys = entries.stream().map(Entry::key).toList();
            try (HybridStore store = HybridStore.open(CrashDisk.create().root(), small())) {
                IllegalArgumentException refused =
                        assertThrows(IllegalArgumentException.class, () -> store.bulkLoad(new Listed(entries)));
                assertThat(
                        refused.getMessage(),
                        allOf(
                                containsString(keys.get(keys.size() - 1).toString()),
                                containsString(keys.get(keys.size() - 2).toString())));
                assertThat("entries of the full batches", content(store).size(), is(2 * IN_A_BATCH));
            }
        }
    }

    /** The entries of a list as they are, in whatever order. */
    private static final class Listed extends ForwardingCursor {
        private final List<Entry> entries;
        private int at;

        Listed(List<Entry> entries) {
            super(new ListCursor(List.of()));
            this.entries = entries;
        }

        @Override
        public void seekToFirst() {
            at = 0;
        }

        @Override
        public boolean isValid() {
            return at < entries.size();
        }

        @Override
        public void next() {
            at++;
        }

        @Override
        public Slice key() {
            return entries.get(at).key();
        }

        @Override
        public Slice value() {
            return entries.get(at).value();
        }
    }

    @ParameterizedTest
    @EnumSource(SurvivalMode.class)
    @DisplayName(
            "a crash in a bulk load leaves a first part of the entries, without a gap; batches are written on the way")
    void crashInABulkLoad(SurvivalMode mode) {
        List<Integer> found = new ArrayList<>();
        try (HybridStore store = HybridStore.open(disk.root(), small())) {
            long unused = store.bulkLoad(counting(bigEntries(3 * IN_A_BATCH), number -> {
                if (number % 150 == 149) {
                    Path crashed = disk.afterCrash(mode, number).root();
                    try (HybridStore again = HybridStore.open(crashed, small())) {
                        Map<Slice, Slice> content = content(again);
                        found.add(content.size());
                        for (int i = 0; i < content.size(); i++) {
                            assertThat("entry " + i + " of " + content.size(), content.containsKey(big(i)), is(true));
                        }
                    }
                }
            }));
        }
        assertThat("entries after a crash at the 150th entry, before a batch is full", found.get(0), is(0));
        if (mode == SurvivalMode.EVERYTHING) {
            assertThat("entries after a kill at the 750th", found.get(4), is(greaterThanOrEqualTo(IN_A_BATCH)));
        }
    }
}

package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
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
import storagelab.api.WriteBatch;
import storagelab.cost.EngineCosts;
import storagelab.cursor.ForwardingCursor;
import storagelab.cursor.ListCursor;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.hybrid.HybridStores;
import storagelab.testkit.workload.HandClock;
import storagelab.tier.Placement;
import storagelab.tier.TierMigrator;
import storagelab.workload.RangeStatistics;
import storagelab.workload.TrackerOptions;

@Tag("7.11")
class HybridStoreTest {
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final KeyRange PRICES = KeyRange.prefix(Slice.utf8("price/"));

    private final HandClock clock = new HandClock();
    private final CrashDisk disk = CrashDisk.create();

    /** Small stores, rounds of ten seconds that the test makes, a period of a minute. */
    private HybridOptions options() {
        return HybridStores.small()
                .withTracker(TrackerOptions.defaults().withClock(clock).withHalfLife(ROUND.multipliedBy(2)))
                .withRouter(RouterOptions.defaults()
                        .withClock(clock)
                        .withPeriod(Duration.ofMinutes(1))
                        .withHorizon(Duration.ofHours(1))
                        .withMoveMicros(0.02)
                        .withBoundaries(new BoundaryOptions(64, 2_000, 100_000, 2, 0.1)));
    }

    private static Slice price(int product) {
        return Slice.utf8("price/%04d".formatted(product));
    }

    private static Slice order(int number) {
        return Slice.utf8("order/%08d".formatted(number));
    }

    private static void shop(HybridStore store, int firstOrder, Random random) {
        Slice orderText = Slice.utf8("ten bottles of rum, and a chest for them");
        for (int i = 0; i < 300; i++) {
            store.put(order(firstOrder + i), orderText);
            for (int read = 0; read < 5; read++) {
                store.get(price(random.nextInt(200)));
            }
        }
    }

    @Test
    @DisplayName(
            "prices that are read all the time go to the B+tree, orders that are only written stay on the LSM tree")
    void shop() {
        Random random = new Random(1);
        try (HybridStore store = HybridStore.open(disk.root(), options())) {
            for (int i = 0; i < 200; i++) {
                store.put(price(i), Slice.utf8("4.50"));
            }
            assertThat(store.placement(), is(Placement.all("lsm")));
            for (int round = 0; round < 24; round++) {
                shop(store, round * 300, random);
                clock.pass(ROUND);
                store.runRound();
            }
            Map<String, Double> shares = shareOnTree(store, PRICES);
            assertThat("share of the prices on the B+tree " + shares, shares.get("price"), is(greaterThan(0.9)));
            assertThat("share of the orders on the B+tree " + shares, shares.get("order"), is(lessThan(0.3)));
            assertThat(store.get(price(7)), is(Optional.of(Slice.utf8("4.50"))));
            assertThat(store.stats().get(HybridMetrics.MOVES), is(greaterThan(0L)));
            store.engine().verify();
        }
    }

    private static Map<String, Double> shareOnTree(HybridStore store, KeyRange prices) {
        Map<String, Double> all = new TreeMap<>(Map.of("price", 0.0, "order", 0.0));
        Map<String, Double> onTree = new TreeMap<>(all);
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                String kind = prices.contains(cursor.key()) ? "price" : "order";
                all.merge(kind, 1.0, Double::sum);
                if (store.placement().tierOf(cursor.key()).equals("btree")) {
                    onTree.merge(kind, 1.0, Double::sum);
                }
            }
        }
        onTree.replaceAll((kind, count) -> count / all.getOrDefault(kind, 1.0));
        return onTree;
    }

    @Test
    @DisplayName("the placement is there again after a crash, and the ranges of the router begin with it")
    void reopened() {
        HybridOptions always = options().withCosts((load, seconds, data) -> new EngineCosts(1, 100));
        Placement placement;
        try (HybridStore store = HybridStore.open(disk.root(), always)) {
            store.put(price(1), Slice.utf8("1"));
            store.put(order(1), Slice.utf8("1"));
            new TierMigrator(store.engine(), always.migrator()).move(PRICES, "btree");
            placement = store.placement();
        }
        try (HybridStore store =
                HybridStore.open(disk.afterCrash(SurvivalMode.NOTHING, 0).root(), always)) {
            assertThat(store.placement(), is(placement));
            assertThat(
                    store.load().stream().map(RangeStatistics::range).toList(),
                    is(placement.parts().stream().map(Placement.Placed::range).toList()));
            clock.pass(ROUND);
            store.runRound();
            assertThat(
                    store.decisions().stream().map(Decision::from).toList(),
                    is(List.of(EngineKind.LSM, EngineKind.BTREE, EngineKind.LSM)));
        }
    }

    @Test
    @DisplayName("a range that the router moves ends up wholly on the other engine, and then stays")
    void moves() {
        HybridOptions tree = options().withCosts((load, seconds, data) -> new EngineCosts(1, 100));
        try (HybridStore store = HybridStore.open(disk.root(), tree)) {
            for (int i = 0; i < 100; i++) {
                store.put(order(i), Slice.utf8("order " + i));
            }
            store.checkpoint();
            for (int round = 0; round < 10; round++) {
                clock.pass(ROUND);
                store.runRound();
            }
            assertThat(store.placement(), is(Placement.all("btree")));
            assertThat(store.stats().get(HybridMetrics.MOVED_ENTRIES), is(100L));
            long moves = store.stats().get(HybridMetrics.MOVES);
            for (int round = 0; round < 10; round++) {
                clock.pass(ROUND);
                store.runRound();
            }
            assertThat("moves later", store.stats().get(HybridMetrics.MOVES), is(moves));
            assertThat(store.get(order(42)), is(Optional.of(Slice.utf8("order 42"))));
        }
    }

    @Test
    @DisplayName("gets, puts, deletes, scans and transactions are counted where their keys are")
    void counted() {
        try (HybridStore store = HybridStore.open(disk.root(), options())) {
            store.put(price(1), Slice.utf8("12345"));
            store.write(new WriteBatch().put(price(2), Slice.utf8("1")).delete(price(3)), Durability.BUFFERED);
            store.get(price(1));
            store.get(price(9));
            try (Transaction transaction = store.begin(Isolation.SNAPSHOT)) {
                transaction.get(price(1));
                transaction.put(price(4), Slice.utf8("1"));
                transaction.commit();
            }
            try (Cursor cursor = store.cursor(PRICES)) {
                cursor.seekToFirst();
                cursor.next();
                cursor.seek(price(4));
            }
            RangeStatistics load = store.load().get(0);
            assertThat("hits", load.hits(), closeTo(2, 1e-9));
            assertThat("misses", load.misses(), closeTo(1, 1e-9));
            assertThat("puts", load.puts(), closeTo(3, 1e-9));
            assertThat("deletes", load.deletes(), closeTo(1, 1e-9));
            assertThat("scans", load.scans(), closeTo(2, 1e-9));
            assertThat("scanned entries", load.scannedEntries(), closeTo(3, 1e-9));
            assertThat("bytes read", load.bytesRead(), closeTo(2 * 5 + 5 + 1 + 1, 1e-9));
        }
    }

    @Test
    @DisplayName("a bulk load is on the disk when it returns; a second one, and keys that do not ascend, are refused")
    void bulkLoad() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            entries.add(new Entry(order(i), Slice.utf8("order " + i), false));
        }
        try (HybridStore store = HybridStore.open(disk.root(), options())) {
            assertThat(store.bulkLoad(sorted(entries)), is(500L));
            Path crashed = disk.afterCrash(SurvivalMode.NOTHING, 0).root();
            try (HybridStore again = HybridStore.open(crashed, options())) {
                assertThat(again.get(order(499)), is(Optional.of(Slice.utf8("order 499"))));
                assertThat(again.store().replayedOperations(), is(0L));
            }
            store.put(order(3), Slice.utf8("later"));
            assertThat(store.get(order(3)), is(Optional.of(Slice.utf8("later"))));
            IllegalStateException second =
                    assertThrows(IllegalStateException.class, () -> store.bulkLoad(sorted(entries)));
            assertThat(second.getMessage(), containsString("has entries"));
        }
        try (HybridStore store = HybridStore.open(CrashDisk.create().root(), options())) {
            Cursor backwards = new ForwardingCursor(sorted(entries)) {
                @Override
                public void seekToFirst() {
                    entries.seekToLast();
                }

                @Override
                public void next() {
                    entries.prev();
                }
            };
            assertThrows(IllegalArgumentException.class, () -> store.bulkLoad(backwards));
        }
    }

    private static Cursor sorted(List<Entry> entries) {
        return new ListCursor(entries);
    }

    @Test
    @DisplayName("a store with another engine is refused with the name of its engine")
    void anotherEngine() {
        Path plain = disk.root().resolve("plain");
        CrashSafeStore.open(plain, DurableOptions.defaults(EngineKind.BTREE)).close();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> HybridStore.open(plain, options()));
        assertThat(refused.getMessage(), containsString("btree"));
    }
}

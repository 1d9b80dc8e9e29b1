package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.mvcc.TransactionMetrics;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Crew;
import storagelab.testkit.recovery.SmallStores;
import storagelab.wal.WalMetrics;

class UpdatesTest {
    private static final Slice KEY = Slice.utf8("key");

    /** The stores that can update a value. */
    enum Kind {
        BTREE(EngineKind.BTREE, false),
        LSM(EngineKind.LSM, false),
        EXPIRING_BTREE(EngineKind.BTREE, true),
        EXPIRING_LSM(EngineKind.LSM, true);

        private final EngineKind engine;
        private final boolean isExpiring;

        Kind(EngineKind engine, boolean isExpiring) {
            this.engine = engine;
            this.isExpiring = isExpiring;
        }

        UpdatableStore open(Path directory) {
            return isExpiring
                    ? ExpiringStore.open(directory, SmallStores.options(engine), InstantSource.system())
                    : CrashSafeStore.open(directory, SmallStores.options(engine));
        }
    }

    private final CrashDisk disk = CrashDisk.create();

    private static Optional<Slice> some(String text) {
        return Optional.of(Slice.utf8(text));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("compareAndSet replaces what is expected and nothing else: absent, a value, and deleting it")
    void compareAndSet(Kind kind) {
        try (UpdatableStore store = kind.open(disk.root())) {
            assertThat(store.compareAndSet(KEY, some("1"), some("2"), Durability.BUFFERED), is(false));
            assertThat(store.get(KEY), is(Optional.empty()));
            assertThat(store.compareAndSet(KEY, Optional.empty(), some("1"), Durability.BUFFERED), is(true));
            assertThat(store.compareAndSet(KEY, Optional.empty(), some("2"), Durability.BUFFERED), is(false));
            assertThat(store.get(KEY), is(some("1")));
            assertThat(store.compareAndSet(KEY, some("1"), some("2"), Durability.BUFFERED), is(true));
            assertThat(store.get(KEY), is(some("2")));
            assertThat(store.compareAndSet(KEY, some("2"), Optional.empty(), Durability.BUFFERED), is(true));
            assertThat(store.get(KEY), is(Optional.empty()));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("an update that changes nothing appends nothing to the log")
    void nothingToWrite(Kind kind) {
        try (UpdatableStore store = kind.open(disk.root())) {
            store.put(KEY, Slice.utf8("1"));
            long records = store.stats().get(WalMetrics.RECORDS);
            assertThat(store.compareAndSet(KEY, some("2"), some("3"), Durability.SYNCED), is(false));
            assertThat(store.update(KEY, old -> old, Durability.SYNCED), is(some("1")));
            assertThat(store.stats().get(WalMetrics.RECORDS), is(records));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "increments of one key by many threads, with blind writes of its neighbour, lose none, and no two return the same sum")
    void concurrentIncrements(Kind kind) throws InterruptedException {
        int threads = 4;
        int each = 200;
        Set<Long> sums = ConcurrentHashMap.newKeySet();
        try (UpdatableStore store = kind.open(disk.root());
                Crew crew = new Crew()) {
            AtomicInteger running = new AtomicInteger(threads);
            crew.start(threads, "adder", () -> {
                for (int i = 0; i < each; i++) {
                    sums.add(store.increment(KEY, 1, i % 50 == 0 ? Durability.SYNCED : Durability.BUFFERED));
                }
                running.decrementAndGet();
            });
            crew.start("neighbour", () -> {
                for (int i = 0; running.get() > 0; i++) {
                    store.put(Slice.utf8("neighbour"), Slice.utf8("" + i));
                }
            });
            crew.join();
            assertThat(store.get(KEY), is(some("" + threads * each)));
        }
        assertThat(sums, hasSize(threads * each));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "an update that another write overtakes reads again: of puts and swaps, none is lost between read and write")
    void overtaken(Kind kind) {
        try (UpdatableStore store = kind.open(disk.root())) {
            store.put(KEY, Slice.utf8("a"));
            AtomicInteger calls = new AtomicInteger();
            Optional<Slice> result = store.update(
                    KEY,
                    old -> {
                        if (calls.getAndIncrement() == 0) {
                            putElsewhere(store, "b");
                        }
                        return Optional.of(Slice.utf8(old.orElseThrow() + "!"));
                    },
                    Durability.BUFFERED);
            assertThat(result, is(some("b!")));
            assertThat(store.get(KEY), is(some("b!")));
            assertThat("calls of the change", calls.get(), is(2));
        }
    }

    private static void putElsewhere(UpdatableStore store, String value) {
        try {
            Crew.mustEnd("a put does not wait for an update", () -> store.put(KEY, Slice.utf8(value)));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("updates of one key take turns: eight threads are refused seldom, and not seven times of eight")
    void turns() throws InterruptedException {
        try (CrashSafeStore store = CrashSafeStore.open(disk.root(), SmallStores.options(EngineKind.BTREE));
                Crew crew = new Crew()) {
            crew.start(8, "adder", () -> {
                for (int i = 0; i < 100; i++) {
                    store.increment(KEY, 1, Durability.SYNCED);
                }
            });
            crew.join();
            assertThat(store.stats().get(TransactionMetrics.CONFLICTS), is(lessThan(10L)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "007", "+1", "-0", " 1", "1 ", "9223372036854775808", "-", "1.5", "١"})
    @DisplayName("a value that is not a number in its one form is refused and stays")
    void notANumber(String value) {
        try (CrashSafeStore store = CrashSafeStore.open(disk.root(), SmallStores.options(EngineKind.BTREE))) {
            store.put(KEY, Slice.utf8(value));
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> store.increment(KEY, 1, Durability.BUFFERED));
            assertThat(refused.getMessage(), containsString("is not a whole number of 64 bits in decimal digits"));
            assertThat(store.get(KEY), is(some(value)));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a sum that leaves 64 bits is an error that names both numbers, and the value stays")
    void overflow(Kind kind) {
        try (UpdatableStore store = kind.open(disk.root())) {
            assertThat(store.increment(KEY, Long.MAX_VALUE, Durability.BUFFERED), is(Long.MAX_VALUE));
            ArithmeticException refused =
                    assertThrows(ArithmeticException.class, () -> store.increment(KEY, 1, Durability.BUFFERED));
            assertThat(refused.getMessage(), containsString("adding 1 to 9223372036854775807"));
            assertThat(store.get(KEY), is(some("" + Long.MAX_VALUE)));
            assertThat(store.increment(KEY, Long.MIN_VALUE, Durability.BUFFERED), is(-1L));
            assertThat(store.increment(KEY, Long.MIN_VALUE + 1, Durability.BUFFERED), is(Long.MIN_VALUE));
            assertThrows(ArithmeticException.class, () -> store.increment(KEY, -1, Durability.BUFFERED));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a SYNCED increment is there after a power cut")
    void durable(Kind kind) {
        UpdatableStore store = kind.open(disk.root());
        for (int i = 0; i < 30; i++) {
            store.increment(KEY, 2, Durability.SYNCED);
        }
        Path after = disk.afterCrash(SurvivalMode.NOTHING, 0).root();
        try (UpdatableStore again = kind.open(after)) {
            assertThat(again.get(KEY), is(some("60")));
        }
        store.close();
    }
}

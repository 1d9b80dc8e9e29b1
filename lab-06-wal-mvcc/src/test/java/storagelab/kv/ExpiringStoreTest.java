package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.lsm.LsmStore;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;
import storagelab.testkit.recovery.SmallStores;

class ExpiringStoreTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final CrashDisk disk = CrashDisk.create();
    private final TestClock clock = new TestClock();

    private ExpiringStore open(EngineKind engine) {
        return open(engine, disk.root());
    }

    private ExpiringStore open(EngineKind engine, Path directory) {
        return ExpiringStore.open(directory, SmallStores.options(engine), clock);
    }

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    private static List<String> forward(Cursor cursor) {
        List<String> keys = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            keys.add(cursor.key() + "=" + cursor.value());
        }
        return keys;
    }

    private static List<String> backward(Cursor cursor) {
        List<String> keys = new ArrayList<>();
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            keys.add(0, cursor.key() + "=" + cursor.value());
        }
        return keys;
    }

    /** a, c and e expire in a second; b and d do not. */
    private void fill(ExpiringStore store) {
        for (String key : List.of("a", "b", "c", "d", "e")) {
            if ("ace".contains(key)) {
                store.putExpiring(utf8(key), utf8("1"), store.instant().plus(SECOND), Durability.BUFFERED);
            } else {
                store.put(utf8(key), utf8("1"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a value is there until its expiry and not at it, for gets and for cursors in both directions")
    void expires(EngineKind engine) {
        try (ExpiringStore store = open(engine)) {
            fill(store);
            clock.pass(SECOND.minusMillis(1));
            assertThat(store.get(utf8("a")), is(Optional.of(utf8("1"))));
            assertThat(forward(store.cursor(KeyRange.all())), contains("a=1", "b=1", "c=1", "d=1", "e=1"));

            clock.pass(Duration.ofMillis(1));
            assertThat(store.get(utf8("a")), is(Optional.empty()));
            assertThat(store.get(utf8("b")), is(Optional.of(utf8("1"))));
            assertThat(forward(store.cursor(KeyRange.all())), contains("b=1", "d=1"));
            assertThat(backward(store.cursor(KeyRange.all())), contains("b=1", "d=1"));
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                cursor.seek(utf8("c"));
                assertThat(cursor.key(), is(utf8("d")));
                cursor.seekBefore(utf8("d"));
                assertThat(cursor.key(), is(utf8("b")));
                cursor.prev();
                assertThat(cursor.isValid(), is(false));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "a snapshot and a transaction see what was there when they were made, whatever expires, is swept or merged")
    void oneMoment(EngineKind engine) {
        try (ExpiringStore store = open(engine)) {
            fill(store);
            try (Snapshot snapshot = store.snapshot();
                    ExpiringTransaction transaction = store.begin(Isolation.SERIALIZABLE)) {
                clock.pass(SECOND);
                dropExpired(store);
                assertThat(forward(store.cursor(KeyRange.all())), contains("b=1", "d=1"));
                assertThat(forward(snapshot.cursor(KeyRange.all())), contains("a=1", "b=1", "c=1", "d=1", "e=1"));
                assertThat(snapshot.get(utf8("c")), is(Optional.of(utf8("1"))));
                assertThat(backward(transaction.cursor(KeyRange.all())), contains("a=1", "b=1", "c=1", "d=1", "e=1"));
                assertThat(transaction.get(utf8("e")), is(Optional.of(utf8("1"))));
                transaction.put(utf8("b"), utf8("2"));
                transaction.commit(Durability.BUFFERED);
            }
            assertThat(forward(store.cursor(KeyRange.all())), contains("b=2", "d=1"));
        }
    }

    private static void dropExpired(ExpiringStore store) {
        store.sweep(1000);
        if (store.stored().engine() instanceof LsmStore lsm) {
            lsm.compactAll();
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a put without an expiry lasts, an update keeps the expiry, and expire gives another one or none")
    void changesOfExpiry(EngineKind engine) {
        try (ExpiringStore store = open(engine)) {
            Instant soon = store.instant().plus(SECOND);
            store.putExpiring(utf8("a"), utf8("1"), soon, Durability.BUFFERED);
            assertThat(store.increment(utf8("a"), 1, Durability.BUFFERED), is(2L));
            assertThat(
                    store.getWithExpiry(utf8("a")), is(Optional.of(new ExpiringValue(utf8("2"), Optional.of(soon)))));
            assertThat(store.expire(utf8("a"), Optional.of(soon.plus(SECOND)), Durability.BUFFERED), is(true));
            clock.pass(SECOND);
            assertThat(store.get(utf8("a")), is(Optional.of(utf8("2"))));
            assertThat(store.expire(utf8("a"), Optional.empty(), Durability.BUFFERED), is(true));
            clock.pass(SECOND);
            assertThat(store.get(utf8("a")), is(Optional.of(utf8("2"))));

            store.putExpiring(utf8("b"), utf8("1"), store.instant().plus(SECOND), Durability.BUFFERED);
            store.put(utf8("b"), utf8("2"));
            clock.pass(SECOND);
            assertThat(store.get(utf8("b")), is(Optional.of(utf8("2"))));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "an expired value counts as absent: increments begin at 0, and expire and compareAndSet do not find it")
    void expiredIsAbsent(EngineKind engine) {
        try (ExpiringStore store = open(engine)) {
            fill(store);
            clock.pass(SECOND);
            assertThat(store.expire(utf8("a"), Optional.empty(), Durability.BUFFERED), is(false));
            assertThat(store.get(utf8("a")), is(Optional.empty()));
            assertThat(store.increment(utf8("c"), 5, Durability.BUFFERED), is(5L));
            assertThat(store.getWithExpiry(utf8("c")).orElseThrow().expiry(), is(Optional.empty()));
            Optional<Slice> one = Optional.of(utf8("1"));
            assertThat(store.compareAndSet(utf8("e"), one, one, Durability.BUFFERED), is(false));
            assertThat(store.compareAndSet(utf8("e"), Optional.empty(), one, Durability.BUFFERED), is(true));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("expired values leave the files: by the sweep over the tree, by merges alone over the LSM tree")
    void spaceIsGivenBack(EngineKind engine) {
        try (ExpiringStore store = open(engine)) {
            for (int i = 0; i < 400; i++) {
                store.putExpiring(utf8("key " + i), utf8("1"), store.instant().plus(SECOND), Durability.BUFFERED);
            }
            store.put(utf8("lasting"), utf8("1"));
            clock.pass(SECOND.plusMillis(1));
            if (store.stored().engine() instanceof LsmStore lsm) {
                lsm.compactAll();
            } else {
                assertThat(store.sweep(150) + store.sweep(150) + store.sweep(150), is(400L));
                assertThat(store.sweep(1000), is(0L));
            }
            assertThat(storedKeys(store), contains("lasting"));
        }
    }

    @Test
    @DisplayName("a store that sweeps by itself deletes what has expired, and ends with the store")
    void sweepsByItself() {
        try (ExpiringStore store = open(EngineKind.BTREE)) {
            fill(store);
            store.sweepEvery(Duration.ofMillis(1), 2);
            clock.pass(SECOND);
            Eventually.holds(
                    "expired values are deleted", () -> storedKeys(store).equals(List.of("b", "d")));
        }
        try (ExpiringStore again = open(EngineKind.BTREE)) {
            assertThat(storedKeys(again), contains("b", "d"));
        }
    }

    private static List<String> storedKeys(ExpiringStore store) {
        List<String> keys = new ArrayList<>();
        try (Cursor cursor = store.stored().cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                keys.add(cursor.key().toString());
            }
        }
        return keys;
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("sweeps while writers put expired keys again delete no value that is there")
    void sweepBesideWriters(EngineKind engine) throws InterruptedException {
        try (ExpiringStore store = open(engine);
                Crew crew = new Crew()) {
            for (int i = 0; i < 50; i++) {
                store.putExpiring(utf8("key " + i), utf8("old"), store.instant(), Durability.BUFFERED);
            }
            crew.start("sweeper", () -> {
                for (int i = 0; i < 200; i++) {
                    store.sweep(20);
                }
            });
            crew.start("writer", () -> {
                for (int i = 0; i < 50; i++) {
                    store.put(utf8("key " + i), utf8("new"));
                    assertThat(store.get(utf8("key " + i)), is(Optional.of(utf8("new"))));
                }
            });
            crew.join();
            for (int i = 0; i < 50; i++) {
                assertThat("key " + i, store.get(utf8("key " + i)), is(Optional.of(utf8("new"))));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "values expire while the store is closed, and after a power cut those that were SYNCED have their expiry")
    void recovery(EngineKind engine) {
        ExpiringStore store = open(engine);
        fill(store);
        store.putExpiring(utf8("f"), utf8("1"), store.instant().plus(SECOND.multipliedBy(3)), Durability.SYNCED);
        Path after = disk.afterCrash(SurvivalMode.NOTHING, 0).root();
        store.close();
        clock.pass(SECOND);
        try (ExpiringStore again = open(engine, after)) {
            assertThat(forward(again.cursor(KeyRange.all())), contains("b=1", "d=1", "f=1"));
        }
        clock.pass(SECOND.multipliedBy(2));
        try (ExpiringStore again = open(engine, after)) {
            assertThat(forward(again.cursor(KeyRange.all())), contains("b=1", "d=1"));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("opened for reading, values expire, snapshots see one moment, and writes are refused")
    void readOnly(EngineKind engine) {
        try (ExpiringStore store = open(engine)) {
            fill(store);
        }
        try (SnapshotStore store = ExpiringStore.openReadOnly(disk.root(), SmallStores.options(engine), clock);
                Snapshot before = store.snapshot()) {
            assertThat(store.get(utf8("a")), is(Optional.of(utf8("1"))));
            clock.pass(SECOND);
            assertThat(store.get(utf8("a")), is(Optional.empty()));
            assertThat(forward(store.cursor(KeyRange.all())), contains("b=1", "d=1"));
            assertThat(backward(before.cursor(KeyRange.all())), contains("a=1", "b=1", "c=1", "d=1", "e=1"));
            assertThrows(UnsupportedOperationException.class, () -> store.put(utf8("a"), utf8("2")));
        }
    }

    @Test
    @DisplayName("when the clock goes back, what has expired stays away")
    void clockGoesBack() {
        try (ExpiringStore store = open(EngineKind.BTREE)) {
            fill(store);
            clock.pass(SECOND);
            assertThat(store.get(utf8("a")), is(Optional.empty()));
            clock.pass(SECOND.negated());
            assertThat(store.get(utf8("a")), is(Optional.empty()));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a transaction writes values with an expiry, and reads them by the moment at which it began")
    void inATransaction(EngineKind engine) {
        try (ExpiringStore store = open(engine);
                ExpiringTransaction transaction = store.begin(Isolation.SNAPSHOT)) {
            transaction.putExpiring(utf8("gone"), utf8("1"), transaction.instant());
            transaction.putExpiring(
                    utf8("soon"), utf8("1"), transaction.instant().plus(SECOND));
            clock.pass(SECOND);
            assertThat(forward(transaction.cursor(KeyRange.all())), contains("soon=1"));
            assertThat(transaction.get(utf8("gone")), is(Optional.empty()));
            transaction.commit(Durability.BUFFERED);
            assertThat(forward(store.cursor(KeyRange.all())), is(empty()));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "a random run of puts, expiries, time, sweeps, merges and reopenings shows what a sorted map with expiries shows")
    void model(EngineKind engine) {
        Seeds.check(3, random -> runModel(engine, CrashDisk.create().root(), random));
    }

    private void runModel(EngineKind engine, Path directory, Random random) {
        NavigableMap<String, ExpiringValue> model = new TreeMap<>();
        ExpiringStore store = open(engine, directory);
        for (int step = 0; step < 800; step++) {
            String key = "key " + random.nextInt(40);
            Instant expiry = store.instant().plusMillis(random.nextInt(50));
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> {
                    store.putExpiring(utf8(key), utf8("" + step), expiry, Durability.BUFFERED);
                    model.put(key, new ExpiringValue(utf8("" + step), Optional.of(expiry)));
                }
                case 4 -> {
                    store.put(utf8(key), utf8("" + step));
                    model.put(key, ExpiringValue.lasting(utf8("" + step)));
                }
                case 5 -> {
                    store.delete(utf8(key));
                    model.remove(key);
                }
                case 6 -> store.sweep(1 + random.nextInt(30));
                case 7 -> dropExpired(store);
                case 8 -> {
                    if (random.nextInt(10) == 0) {
                        store.close();
                        store = open(engine, directory);
                    }
                }
                default -> clock.pass(Duration.ofMillis(random.nextInt(5)));
            }
            Instant now = store.instant();
            model.values().removeIf(value -> !value.isThereAt(now));
            List<String> expected = new ArrayList<>();
            model.forEach((name, value) -> expected.add(name + "=" + value.value()));
            assertThat("step " + step, forward(store.cursor(KeyRange.all())), is(expected));
        }
        store.close();
    }

    @Test
    @DisplayName("a store with values that expire is not opened as another one, nor the other way round")
    void refusals() {
        open(EngineKind.LSM).close();
        IllegalArgumentException plain = assertThrows(
                IllegalArgumentException.class,
                () -> CrashSafeStore.open(disk.root(), SmallStores.options(EngineKind.LSM)));
        assertThat(plain.getMessage(), containsString("has values that expire: open it as an ExpiringStore"));
        Path other = disk.root().resolve("other");
        CrashSafeStore.open(other, SmallStores.options(EngineKind.LSM)).close();
        IllegalArgumentException expiring =
                assertThrows(IllegalArgumentException.class, () -> open(EngineKind.LSM, other));
        assertThat(expiring.getMessage(), containsString("has values that never expire: open it as a CrashSafeStore"));
    }

    @Test
    @DisplayName("the bytes of a value are those of notes/formats/expiring-value.md, and others are refused")
    void bytes() {
        HexFormat hex = HexFormat.of();
        ExpiringValue lasting = ExpiringValue.lasting(utf8("red"));
        ExpiringValue expiring = new ExpiringValue(utf8("red"), Optional.of(Instant.ofEpochSecond(1)));
        assertThat(hex.formatHex(lasting.encode().toByteArray()), is("00726564"));
        assertThat(hex.formatHex(expiring.encode().toByteArray()), is("01e803000000000000726564"));
        assertThat(ExpiringValue.decode(lasting.encode(), disk.root()), is(lasting));
        assertThat(ExpiringValue.decode(expiring.encode(), disk.root()), is(expiring));
        for (String other : List.of("", "02", "01e80300")) {
            Slice bytes = Slice.wrap(hex.parseHex(other));
            assertThrows(CorruptionException.class, () -> ExpiringValue.decode(bytes, disk.root()));
        }
    }
}

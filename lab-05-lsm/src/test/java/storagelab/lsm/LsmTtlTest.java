package storagelab.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.TieredPicker;
import storagelab.compaction.TimeWindowPicker;
import storagelab.compaction.TtlFilter;
import storagelab.disk.CrashDisk;
import storagelab.testkit.Seeds;

@Tag("5.17")
class LsmTtlTest {
    private static final long TTL = 300;
    private static final int KEYS = 100;

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final Map<Slice, Slice> newest = new HashMap<>();

    private static LsmOptions tiny() {
        return LsmOptions.defaults()
                .withMemtableBytes(3000)
                .withTableBytes(1500)
                .withTable(LsmOptions.defaults().table().withBlockBytes(300))
                .withPicker(new LeveledPicker(2, 4000, 3))
                .withMaintenance(MaintenanceKind.FOREGROUND);
    }

    private static Stream<UnaryOperator<LsmOptions>> shapes() {
        return Stream.of(
                tiny -> tiny,
                tiny -> tiny.withPicker(TieredPicker.defaults()),
                tiny -> tiny.withPicker(new LazyLeveledPicker(2, 1)),
                tiny -> tiny.withPicker(new TimeWindowPicker(100, 2)),
                tiny -> tiny.withMaintenance(MaintenanceKind.BACKGROUND));
    }

    private static Stream<UnaryOperator<LsmOptions>> manyRuns() {
        return Stream.of(
                tiny -> tiny.withPicker(new LazyLeveledPicker(2, 1)),
                tiny -> tiny.withPicker(new TimeWindowPicker(100, 2)),
                tiny -> tiny.withPicker(new LazyLeveledPicker(2, 1)).withMaintenance(MaintenanceKind.BACKGROUND),
                tiny -> tiny.withPicker(new TimeWindowPicker(100, 2)).withMaintenance(MaintenanceKind.BACKGROUND));
    }

    private LsmStore open(LsmOptions options) {
        return LsmStore.open(CrashDisk.create().root(), withTtl(options));
    }

    private LsmOptions withTtl(LsmOptions options) {
        return options.withClock(this::instant)
                .withCompactionFilter(new TtlFilter(Duration.ofMillis(TTL), this::instant, LsmTtlTest::written));
    }

    private Instant instant() {
        return Instant.ofEpochMilli(now.get());
    }

    private static long written(Slice value) {
        String text = StandardCharsets.UTF_8.decode(value.asByteBuffer()).toString();
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    private Slice value(String text) {
        return Slice.utf8(now.get() + " " + text);
    }

    private boolean isOver(Slice value) {
        return written(value) < now.get() - TTL;
    }

    @Test
    @DisplayName("an old value is read until a merge comes by, and then neither it nor what is behind it")
    void untilAMerge() {
        Slice key = Slice.utf8("session");
        try (LsmStore store = open(tiny())) {
            store.put(key, Slice.utf8(Long.MAX_VALUE + " older, but would never go"));
            store.compactAll();
            store.put(key, value("login"));
            store.flush();
            now.addAndGet(TTL + 1);
            assertTrue(store.get(key).isPresent(), "no merge has come by");
            store.compactAll();
            assertEquals(Optional.empty(), store.get(key));
            assertEquals(0, store.version().files().size(), "tables of " + store.version());
        }
    }

    @Test
    @DisplayName("a snapshot sees an old value until it is closed, and what is behind it never comes back")
    void snapshot() {
        Slice key = Slice.utf8("session");
        try (LsmStore store = open(tiny())) {
            Slice first = value("first");
            store.put(key, first);
            try (Snapshot early = store.snapshot()) {
                store.put(key, value("second"));
                now.addAndGet(TTL + 1);
                store.compactAll();
                assertEquals(Optional.empty(), store.get(key), "the second is seen by no snapshot");
                assertEquals(Optional.of(first), early.get(key));
            }
            store.compactAll();
            assertEquals(Optional.empty(), store.get(key));
            assertEquals(0, store.version().files().size(), "tables of " + store.version());
        }
    }

    @Test
    @DisplayName("a snapshot that is taken while a merge throws values away sees them all the same")
    void snapshotWhileMerging() {
        List<Snapshot> taken = new ArrayList<>();
        List<LsmStore> stores = new ArrayList<>();
        Slice key = Slice.utf8("k");
        try (LsmStore store = LsmStore.open(CrashDisk.create().root(), tiny().withCompactionFilter((asked, value) -> {
            if (taken.isEmpty()) {
                taken.add(stores.get(0).snapshot());
            }
            return true;
        }))) {
            stores.add(store);
            store.put(key, Slice.utf8("v"));
            store.compactAll();
            assertEquals(Optional.of(Slice.utf8("v")), taken.get(0).get(key));
            store.verify();
            taken.get(0).close();
            store.compactAll();
            assertEquals(Optional.empty(), store.get(key));
        }
    }

    @Test
    @DisplayName("a run that is too old as a whole goes without being read, unless a snapshot is held")
    void wholeRuns() {
        LsmOptions windows = tiny().withPicker(new TimeWindowPicker(100, 2))
                .withClock(this::instant)
                .withCompactionFilter(new TtlFilter(Duration.ofMillis(TTL), this::instant, value -> {
                            throw new AssertionError("read " + value);
                        })
                        .forWholeRuns());
        try (LsmStore store = LsmStore.open(CrashDisk.create().root(), windows)) {
            store.put(key(1), value("old"));
            store.flush();
            now.addAndGet(TTL + 1);
            try (Snapshot snapshot = store.snapshot()) {
                store.put(key(2), value("young"));
                store.flush();
                assertTrue(snapshot.get(key(1)).isPresent(), "the snapshot is held");
            }
            now.addAndGet(TTL / 2); // another window
            store.put(key(3), value("younger"));
            assertTrue(store.get(key(1)).isPresent(), "nothing has come by");
            store.flush();
            assertEquals(Optional.empty(), store.get(key(1)));
            assertTrue(store.get(key(2)).isPresent());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    @DisplayName(
            "at random: values that are young are there, old ones are there or gone for good, snapshots do not change")
    void model(UnaryOperator<LsmOptions> shape) {
        check(withTtl(shape.apply(tiny())));
    }

    @ParameterizedTest
    @MethodSource("manyRuns")
    @DisplayName("the same where whole runs go")
    void modelOfWholeRuns(UnaryOperator<LsmOptions> shape) {
        check(shape.apply(tiny())
                .withClock(this::instant)
                .withCompactionFilter(
                        new TtlFilter(Duration.ofMillis(TTL), this::instant, LsmTtlTest::written).forWholeRuns()));
    }

    private void check(LsmOptions options) {
        long seed = Seeds.base();
        Random random = new Random(seed);
        List<Held> held = new ArrayList<>();
        try (LsmStore store = LsmStore.open(CrashDisk.create().root(), options)) {
            for (int step = 0; step < 3000; step++) {
                String where = "seed " + seed + ", step " + step;
                now.addAndGet(random.nextInt(5));
                step(store, random, held);
                checkGet(store, key(random.nextInt(KEYS)), where);
                if (!held.isEmpty() && step % 20 == 0) {
                    held.get(random.nextInt(held.size())).check(where);
                }
            }
            held.forEach(one -> one.check("seed " + seed + ", at the end"));
            held.forEach(one -> one.snapshot.close());
            now.addAndGet(TTL + 1);
            store.compactAll();
            assertEquals(Map.of(), all(store.cursor(KeyRange.all())), "seed " + seed);
        }
    }

    private void step(LsmStore store, Random random, List<Held> held) {
        Slice key = key(random.nextInt(KEYS));
        int what = random.nextInt(1000);
        if (what < 4) {
            store.compactAll();
        } else if (what < 15) {
            store.flush();
        } else if (what < 25 && held.size() < 3) {
            Snapshot snapshot = store.snapshot();
            held.add(new Held(snapshot, all(snapshot.cursor(KeyRange.all()))));
        } else if (what < 40 && !held.isEmpty()) {
            held.remove(random.nextInt(held.size())).snapshot.close();
        } else if (what < 200) {
            store.delete(key);
            newest.remove(key);
        } else {
            Slice value = value("x".repeat(random.nextInt(60)) + what);
            store.put(key, value);
            newest.put(key, value);
        }
    }

    private void checkGet(LsmStore store, Slice key, String where) {
        Slice expected = newest.get(key);
        Optional<Slice> found = store.get(key);
        if (expected != null && isOver(expected) && found.isEmpty()) {
            newest.remove(key); // it must not come back
            return;
        }
        assertEquals(Optional.ofNullable(expected), found, where + ", " + key);
    }

    private static Slice key(int number) {
        return Slice.utf8("key%03d".formatted(number));
    }

    private static Map<Slice, Slice> all(Cursor cursor) {
        Map<Slice, Slice> all = new HashMap<>();
        try (cursor) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                all.put(cursor.key(), cursor.value());
            }
        }
        return all;
    }

    private record Held(Snapshot snapshot, Map<Slice, Slice> seen) {
        void check(String where) {
            assertEquals(seen, all(snapshot.cursor(KeyRange.all())), where);
        }
    }
}

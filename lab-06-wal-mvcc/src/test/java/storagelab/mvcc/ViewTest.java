package storagelab.mvcc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.disk.CrashDisk;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

class ViewTest {
    private static final int KEYS = 30;

    private static Slice key(int number) {
        return Slice.utf8("key %02d".formatted(number));
    }

    private static StorageEngine engine(EngineKind kind) {
        Path root = CrashDisk.create().root();
        return kind == EngineKind.BTREE
                ? BTreeStore.open(root, BTreeOptions.defaults().withPageSizeBytes(1024))
                : LsmStore.open(root, LsmOptions.defaults().withoutLog().withMemtableBytes(3000));
    }

    private static VersionedEngine versions(StorageEngine engine) {
        return engine instanceof BTreeStore ? new ChainedVersions(engine) : new NativeVersions(engine);
    }

    /** A view, and what it has to show. */
    private record Held(EngineSnapshot view, Map<Slice, Slice> content) {}

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "views of many moments each show theirs, by gets and by cursors in both directions, while batches go on")
    void model(EngineKind kind) {
        Seeds.check(15, random -> {
            try (StorageEngine engine = engine(kind)) {
                VersionedEngine versions = versions(engine);
                TreeMap<Slice, Slice> now = new TreeMap<>();
                List<Held> held = new ArrayList<>();
                long sequence = 1;
                for (int step = 0; step < 250; step++) {
                    WriteBatch batch = batch(random, step, now);
                    versions.publish(sequence, batch);
                    sequence += batch.operations().size();
                    if (random.nextInt(5) == 0) {
                        held.add(new Held(versions.view(), new TreeMap<>(now)));
                    }
                    if (held.size() > 6 || (!held.isEmpty() && random.nextInt(9) == 0)) {
                        held.remove(random.nextInt(held.size())).view.close();
                    }
                    for (Held one : held) {
                        assertShows(one, random);
                    }
                }
                held.forEach(one -> one.view.close());
                assertThat("versions when no view is open", versions.versions(), is(0L));
            }
        });
    }

    private static WriteBatch batch(Random random, int step, Map<Slice, Slice> now) {
        WriteBatch batch = new WriteBatch();
        int operations = random.nextInt(20) == 0 ? 80 : 1 + random.nextInt(4);
        for (int i = 0; i < operations; i++) {
            Slice key = key(random.nextInt(KEYS));
            if (random.nextInt(3) == 0) {
                batch.delete(key);
                now.remove(key);
            } else {
                Slice value = Slice.utf8(step + "." + i);
                batch.put(key, value);
                now.put(key, value);
            }
        }
        return batch;
    }

    private static void assertShows(Held held, Random random) {
        Slice key = key(random.nextInt(KEYS));
        assertThat("get(" + key + ")", held.view.get(key), is(Optional.ofNullable(held.content.get(key))));
        int from = random.nextInt(KEYS);
        KeyRange range = KeyRange.of(key(from), key(from + random.nextInt(KEYS - from)));
        TreeMap<Slice, Slice> expected = new TreeMap<>();
        held.content.forEach((k, v) -> {
            if (range.contains(k)) {
                expected.put(k, v);
            }
        });
        try (Cursor cursor = held.view.cursor(range)) {
            TreeMap<Slice, Slice> found = new TreeMap<>();
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                found.put(cursor.key(), cursor.value());
            }
            assertThat("forward over " + range, found, is(expected));
            List<Slice> backward = new ArrayList<>();
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                backward.add(cursor.key());
            }
            assertThat("backward over " + range, backward, is(new ArrayList<>(expected.descendingKeySet())));
        }
    }

    @Test
    @DisplayName("a key has at most one version more than there are views, however often it is written")
    void versionsAreBounded() {
        try (StorageEngine engine = engine(EngineKind.BTREE)) {
            ChainedVersions versions = new ChainedVersions(engine);
            long sequence = 1;
            EngineSnapshot old = versions.view();
            for (int i = 0; i < 1_000; i++) {
                try (EngineSnapshot brief = versions.view()) {
                    versions.publish(sequence++, new WriteBatch().put(key(1), Slice.utf8("" + i)));
                    assertThat("versions", versions.versions(), is(lessThanOrEqualTo(3L)));
                    assertThat(brief.get(key(1)).isPresent(), is(i > 0));
                }
            }
            assertThat(old.get(key(1)), is(Optional.empty()));
            old.close();
            assertThat(versions.versions(), is(0L));
        }
    }

    @Test
    @DisplayName("without a view, a put reads no old value and leaves no version")
    void nothingIsKeptForNobody() {
        try (StorageEngine engine = engine(EngineKind.BTREE)) {
            ChainedVersions versions = new ChainedVersions(engine);
            long gets = engine.stats().get(storagelab.api.Metric.GETS);
            for (int i = 1; i <= 100; i++) {
                versions.publish(i, new WriteBatch().put(key(i % 7), Slice.utf8("" + i)));
            }
            assertThat(versions.versions(), is(0L));
            assertThat(engine.stats().get(storagelab.api.Metric.GETS), is(gets));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("while a writer goes on, views begin, read whole batches of one moment, and end")
    void besideAWriter(EngineKind kind) throws Exception {
        try (StorageEngine engine = engine(kind);
                Crew crew = new Crew()) {
            VersionedEngine versions = versions(engine);
            AtomicBoolean done = new AtomicBoolean();
            crew.start("writer", () -> {
                try {
                    long sequence = 1;
                    for (int i = 1; i <= 1_500 && !crew.hasFailed(); i++) {
                        WriteBatch batch = new WriteBatch();
                        for (int k = 0; k < 5; k++) {
                            batch.put(key(k), Slice.utf8("" + i));
                        }
                        versions.publish(sequence, batch);
                        sequence += 5;
                    }
                } finally {
                    done.set(true);
                }
            });
            crew.start(2, "reader", () -> {
                while (!done.get()) {
                    try (EngineSnapshot view = versions.view()) {
                        Optional<Slice> first = view.get(key(0));
                        for (int k = 4; k > 0; k--) {
                            assertThat("key " + k + " of the view at " + view.sequence(), view.get(key(k)), is(first));
                        }
                        try (Cursor cursor = view.cursor(KeyRange.all())) {
                            int entries = 0;
                            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                                assertThat(Optional.of(cursor.value()), is(first));
                                entries++;
                            }
                            assertThat("entries", entries, is(first.isPresent() ? 5 : 0));
                        }
                    }
                }
            });
            crew.join();
            assertThat(versions.versions(), is(0L));
        }
    }
}

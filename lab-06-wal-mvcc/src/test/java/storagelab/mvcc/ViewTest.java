package storagelab.mvcc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
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
import storagelab.testkit.kv.ViewModel;

/** Views over the real engines; exercise 6.7 and 6.10 have tests over an engine in memory. */
class ViewTest {
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

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "views of many moments each show theirs, by gets and by cursors in both directions, while batches go on")
    void model(EngineKind kind) {
        Seeds.check(8, random -> {
            try (StorageEngine engine = engine(kind)) {
                VersionedEngine versions = versions(engine);
                ViewModel.check(versions, random, 250);
                assertThat("versions when no view is open", versions.versions(), is(0L));
            }
        });
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

package storagelab.tier;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.SnapshotStore;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.archive.ArchiveType;
import storagelab.archive.MemoryObjectStore;
import storagelab.archive.StoreUnreachableException;
import storagelab.btree.StoredValue;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineKind;
import storagelab.recovery.EngineType;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.SnapshotSubject;
import storagelab.testkit.archive.CuedObjectStore;
import storagelab.testkit.archive.SmallArchives;
import storagelab.testkit.recovery.DurableContracts;
import storagelab.testkit.tier.MovingStore;

/** A store with a B+tree, an LSM tree and an archive as its tiers, behind one log. */
class ArchiveAsATierTest {
    private static final List<EngineType> TIERS = tiers(ArchiveType.inDirectory(SmallArchives.SMALL));
    private static final int ORDERS = 300; // a third is on each tier

    private final CuedObjectStore objects = new CuedObjectStore(new MemoryObjectStore());

    private static List<EngineType> tiers(ArchiveType archive) {
        return List.of(EngineKind.LSM, EngineKind.BTREE, archive);
    }

    private DurableOptions options() {
        return MovingStore.options(tiers(new ArchiveType(directory -> objects, SmallArchives.SMALL)));
    }

    private static Slice order(int number) {
        return Slice.utf8("order/%03d".formatted(number));
    }

    private static Optional<Slice> value(int number, int version) {
        return Optional.of(Slice.utf8("%03d of version %d".formatted(number, version)));
    }

    private static void put(DurableStore store, int number, int version) {
        store.write(new WriteBatch().put(order(number), value(number, version).orElseThrow()), Durability.SYNCED);
    }

    /** The first third of the orders in the archive, the second on the B+tree, the last on the LSM tree. */
    private DurableStore filled(Path directory) {
        DurableStore store = DurableStore.open(directory, options());
        for (int i = 0; i < ORDERS; i++) {
            put(store, i, 1);
        }
        store.checkpoint();
        migrator(store).move(KeyRange.of(order(0), order(ORDERS / 3)), "archive");
        migrator(store).move(KeyRange.of(order(ORDERS / 3), order(2 * ORDERS / 3)), "btree");
        store.checkpoint();
        return store;
    }

    private static TierMigrator migrator(DurableStore store) {
        return new TierMigrator(MovingStore.engineOf(store), MovingStore.SMALL_STEPS);
    }

    private static int scanned(DurableStore store, int from, int to, int version) {
        int found = 0;
        try (Cursor cursor = store.cursor(KeyRange.of(order(from), order(to)))) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next(), found++) {
                assertThat(cursor.key(), is(order(from + found)));
                assertThat(Optional.of(cursor.value()), is(value(from + found, version)));
            }
        }
        return found;
    }

    @Nested
    class AsAStore extends DurableContracts {
        AsAStore() {
            super(MovingStore.options(TIERS));
        }

        @Override
        public SnapshotStore open(Path directory) {
            return MovingStore.open(directory, TIERS, 7);
        }

        @Override
        protected int longKeyBytes() {
            return StoredValue.keyBytesMax(options().btree().pageSizeBytes());
        }
    }

    @Test
    @DisplayName(
            "whenever the power is cut, every SYNCED write is there and a prefix of the others, each key on one tier")
    void everyCrash() {
        CrashTrial.check(
                new SnapshotSubject<>(directory -> MovingStore.open(directory, TIERS, 11), MovingStore::verify), 1);
    }

    @Test
    @DisplayName(
            "a scan goes through all three tiers in the order of the keys, and what was archived comes back by another move")
    void scansAndReturns() {
        try (DurableStore store = filled(CrashDisk.create().root().resolve("store"))) {
            assertThat("entries of all tiers", scanned(store, 0, ORDERS, 1), is(ORDERS));
            migrator(store).move(KeyRange.of(order(0), order(50)), "lsm");
            store.checkpoint();
            objects.leaveAfter(0);
            assertThat("entries that are back", scanned(store, 0, 50, 1), is(50));
            objects.comeBack();
            assertThat("entries of all tiers", scanned(store, 0, ORDERS, 1), is(ORDERS));
        }
    }

    @Test
    @DisplayName(
            "an archive that is away is an error for reads of what it has; all other reads, and writes anywhere, go on and are durable")
    void away() {
        CrashDisk disk = CrashDisk.create();
        Path directory = disk.root().resolve("store");
        DurableStore store = filled(directory);
        store.close();
        DurableStore again = DurableStore.open(directory, options());
        objects.leaveAfter(0);
        StorageIoException failure = assertThrows(StorageIoException.class, () -> again.get(order(0)));
        assertThat(failure.getMessage(), StoreUnreachableException.isCauseOf(failure), is(true));
        assertThat("orders of both trees", scanned(again, ORDERS / 3, ORDERS, 1), is(2 * ORDERS / 3));
        for (int number : new int[] {1, ORDERS / 2, ORDERS - 1}) {
            put(again, number, 2);
            assertThat("written while the archive is away", again.get(order(number)), is(value(number, 2)));
        }
        Path after = disk.afterCrash(SurvivalMode.NOTHING, 0).root().resolve("store");
        try (DurableStore recovered = DurableStore.open(after, options())) {
            for (int number : new int[] {1, ORDERS / 2, ORDERS - 1}) {
                assertThat("after a power cut, still away", recovered.get(order(number)), is(value(number, 2)));
            }
            objects.comeBack();
            assertThat("when it is back", recovered.get(order(0)), is(value(0, 1)));
        }
        disk.crash();
    }

    @Test
    @DisplayName("a move into an archive that is away fails, loses nothing, and is ended when it is back")
    void moveFails() {
        try (DurableStore store = filled(CrashDisk.create().root().resolve("store"))) {
            KeyRange rest = KeyRange.of(order(ORDERS / 3), order(ORDERS));
            objects.leaveAfter(0);
            assertThrows(StorageIoException.class, () -> {
                migrator(store).move(rest, "archive");
                store.checkpoint();
            });
            objects.comeBack();
            migrator(store).resume();
            store.checkpoint();
            assertThat("entries of all tiers", scanned(store, 0, ORDERS, 1), is(ORDERS));
            assertThat(MovingStore.engineOf(store).placement().parts(rest).size(), is(1));
            assertThat(MovingStore.engineOf(store).placement().tierOf(order(ORDERS - 1)), is("archive"));
        }
    }
}

package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;
import storagelab.bloom.FilterPolicy;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.grader.hidden.kit.Growth;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.sstable.TableOptions;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.lsm.NoMerges;
import storagelab.testkit.lsm.StoreByHand;

/** Exercise 5.8: what a get finds, which tables it asks, and what it does when a table has gone. */
@Tag("5.8")
class ReadPathHiddenTest {
    private final CrashDisk disk = CrashDisk.create();

    private static String get(LsmStore store, String key) {
        return store.get(Slice.utf8(key)).map(Slice::toUtf8).orElse("nothing");
    }

    private static void put(LsmStore store, String key, String value) {
        store.put(Slice.utf8(key), Slice.utf8(value));
    }

    @Test
    @DisplayName(
            "in any store, a get finds the newest version, asks the tables that may have it until one has, and no other")
    void model() {
        Seeds.check(6, random -> {
            CrashDisk home = CrashDisk.create();
            LevelsModel model = new LevelsModel(random);
            StoreByHand tables = new StoreByHand(home.root());
            model.build(tables);
            try (LsmStore store = tables.open()) {
                model.keys().forEach(key -> get(store, key)); // opens the tables
                for (String key : model.keys()) {
                    LevelsModel.Found expected = model.find(key);
                    tables.filters().clear();
                    long reads = home.counters().reads();
                    assertEquals(expected.value(), get(store, key), "get(" + key + ")" + model.whereIs(key));
                    assertEquals(
                            expected.asked(), tables.filters().asked(), "tables asked for " + key + model.whereIs(key));
                    assertEquals(
                            expected.read(),
                            home.counters().reads() - reads,
                            "blocks read for " + key + model.whereIs(key));
                }
            }
        });
    }

    @Test
    @DisplayName(
            "a key that lies between the tables, before all or behind all costs nothing, however many tables there are")
    void outside() {
        StoreByHand tables = new StoreByHand(disk.root());
        for (int i = 0; i < 40; i++) {
            tables.table(
                    "t" + i,
                    1 + i % 5,
                    0,
                    List.of("k%02d5@%d=1".formatted(i, i + 1), "k%02d6@%d=1".formatted(i, i + 1)));
        }
        try (LsmStore store = tables.open()) {
            long reads = disk.counters().reads();
            for (int i = 0; i < 40; i++) {
                assertEquals("nothing", get(store, "k%02d".formatted(i)), "a key between tables");
            }
            assertEquals("nothing", get(store, ""), "the empty key");
            assertEquals("nothing", get(store, "z"), "a key behind all");
            assertEquals(List.of(), tables.filters().asked(), "tables asked for keys that are in none");
            assertEquals(0, disk.counters().reads() - reads, "reads for keys that are in none: no table is opened");
            assertEquals("1", get(store, "k175"), "the smallest key of a table");
            assertEquals("1", get(store, "k176"), "the largest key of a table");
            assertEquals(List.of("t17", "t17"), tables.filters().asked(), "tables asked for these two");
        }
    }

    @Test
    @DisplayName("a run that was cut between the versions of a key is asked table by table, until one is old enough")
    void cutBetweenVersions() {
        StoreByHand tables = new StoreByHand(disk.root())
                .table("first", 1, 0, List.of("a@1=1", "k@9=newest"))
                .table("second", 1, 0, List.of("k@8=newer", "k@7=new"))
                .table("third", 1, 0, List.of("k@3=old", "m@2=2"))
                .table("fourth", 1, 0, List.of("n@4=4", "z@5=5"))
                .visibleUntil(5);
        try (LsmStore store = tables.open()) {
            assertEquals("old", get(store, "k"), "k at 5, of the versions 9, 8, 7 and 3 in three tables");
            assertEquals(List.of("first", "second", "third"), tables.filters().asked(), "tables asked for k");
            tables.filters().clear();
            assertEquals("nothing", get(store, "b"), "b, which is not there");
            assertEquals("nothing", get(store, "l"), "l, which is not there");
            assertEquals("5", get(store, "z"), "z, the last key of the last table");
            assertEquals(List.of("first", "third", "fourth"), tables.filters().asked(), "tables asked for b, l and z");
        }
    }

    @Test
    @DisplayName("the memtable is asked first, then the one that is being flushed, then tables")
    void memtables() {
        StoreByHand tables = new StoreByHand(disk.root()).table("t", 0, 0, List.of("a@1=1", "b@2=1", "c@3=1", "d@4=1"));
        tables.open().close();
        try (LsmStore store = LsmStore.open(
                        disk.root(),
                        tables.options().withMemtableBytes(4000).withMaintenance(MaintenanceKind.BACKGROUND));
                Hold hold = disk.faults().hold(DiskCall.WRITE, ".ldb")) {
            put(store, "a", "2");
            put(store, "b", "2");
            store.delete(Slice.utf8("c"));
            while (store.stats().get(Metric.MEMTABLE_BYTES) < 4000) {
                put(store, "e", "x".repeat(500));
            }
            put(store, "a", "3");
            Eventually.holds("a flush is stuck", () -> hold.waiting() == 1);
            tables.filters().clear();
            assertEquals("3", get(store, "a"), "a, which is in both memtables and the table");
            assertEquals("2", get(store, "b"), "b, which is in the frozen memtable and the table");
            assertEquals("nothing", get(store, "c"), "c, which was deleted in the frozen memtable");
            assertEquals(List.of(), tables.filters().asked(), "tables asked for what a memtable has");
            assertEquals("1", get(store, "d"), "d, which is in the table alone");
            hold.close();
            store.flush();
            assertEquals(
                    "3 2 nothing 1",
                    get(store, "a") + " " + get(store, "b") + " " + get(store, "c") + " " + get(store, "d"),
                    "a, b, c and d when all was flushed");
        }
    }

    @Test
    @DisplayName("a table that cannot be read although nothing has changed is an exception, at once, and not for ever")
    void failure() {
        try (LsmStore store =
                new StoreByHand(disk.root()).table("t", 0, 0, List.of("a@1=1")).open()) {
            disk.faults().failFrom(DiskCall.READ, 1);
            assertThrows(StorageException.class, () -> get(store, "a"), "a get while the disk reads nothing");
            disk.faults().clear();
            assertEquals("1", get(store, "a"), "a when the disk reads again");
        }
    }

    @Test
    @DisplayName("a get whose read fails while another state is published tries again with that")
    void goneTable() throws InterruptedException {
        try (LsmStore store = new StoreByHand(disk.root())
                        .table("t", 0, 0, List.of("a@1=1"))
                        .open();
                Crew crew = new Crew()) {
            AtomicReference<String> found = new AtomicReference<>();
            try (Hold hold = disk.faults().hold(DiskCall.READ, ".ldb")) {
                crew.start("reader", () -> found.set(get(store, "a")));
                Eventually.holds("the get reads its table", () -> hold.waiting() == 1);
                disk.faults().failOnce(DiskCall.READ, 1);
                put(store, "b", "1");
                store.flush();
            }
            crew.join();
            assertEquals("1", found.get(), "get(a), whose first read failed when a flush was done meanwhile");
        }
    }

    @Test
    @DisplayName("a get that is under way when the store is closed says that it is closed")
    void closed() throws InterruptedException {
        LsmStore store =
                new StoreByHand(disk.root()).table("t", 0, 0, List.of("a@1=1")).open();
        try (Crew crew = new Crew()) {
            try (Hold hold = disk.faults().hold(DiskCall.READ, ".ldb")) {
                crew.start("reader", () -> assertThrows(StoreClosedException.class, () -> get(store, "a")));
                Eventually.holds("the get reads its table", () -> hold.waiting() == 1);
                disk.faults().failFrom(DiskCall.READ, 1);
                crew.start("closer", store::close);
                Eventually.holds("the store takes no writes any more", () -> isClosed(store));
            }
            crew.join();
        }
        assertThrows(StoreClosedException.class, () -> get(store, "a"), "a get of a store that is closed");
    }

    private static boolean isClosed(LsmStore store) {
        try {
            store.write(new WriteBatch(), Durability.BUFFERED);
            return false;
        } catch (StoreClosedException e) {
            return true;
        }
    }

    @Test
    @DisplayName("beside a writer and its flushes, a reader never sees a half batch, nor an older one after a newer")
    void besideAWriter() throws InterruptedException {
        int batches = 1500;
        try (LsmStore store = LsmStore.open(
                        disk.root(),
                        NoMerges.options(6000)
                                .withMaintenance(MaintenanceKind.BACKGROUND)
                                .withCacheBytes(0));
                Crew crew = new Crew()) {
            put(store, "x", "0");
            put(store, "y", "0");
            crew.start(2, "reader", () -> {
                for (int x = 0; x < batches; ) {
                    int before = x;
                    x = Integer.parseInt(get(store, "x"));
                    int y = Integer.parseInt(get(store, "y"));
                    assertTrue(x >= before, "x was " + before + ", and now it is " + x);
                    assertTrue(y >= x, "x was " + x + " when y, of the same batches, was still " + y);
                }
            });
            for (int i = 1; i <= batches && !crew.hasFailed(); i++) {
                Slice value = Slice.utf8("" + i);
                store.write(
                        new WriteBatch().put(Slice.utf8("x"), value).put(Slice.utf8("y"), value), Durability.BUFFERED);
            }
            crew.join();
        }
    }

    @Test
    @DisplayName("a get at a snapshot sees what was there then, from the memtable and from tables")
    void snapshots() throws Exception {
        StoreByHand tables = new StoreByHand(disk.root()).table("t", 0, 0, List.of("a@1=1", "b@2=1"));
        try (LsmStore store = tables.open()) {
            try (EngineSnapshot snapshot = store.snapshot()) {
                put(store, "a", "2");
                store.delete(Slice.utf8("b"));
                put(store, "c", "2");
                for (int round = 0; round < 3; round++) {
                    String found = "";
                    for (String key : List.of("a", "b", "c")) {
                        found +=
                                snapshot.get(Slice.utf8(key)).map(Slice::toUtf8).orElse("nothing") + " ";
                    }
                    String when = round == 0 ? "in memory" : round == 1 ? "flushed" : "merged";
                    assertEquals("1 1 nothing ", found, "a, b and c at the snapshot, newer writes being " + when);
                    store.flush();
                    if (round == 1) {
                        store.compactAll();
                    }
                }
            }
            assertEquals("2 nothing 2", get(store, "a") + " " + get(store, "b") + " " + get(store, "c"), "a, b, c now");
        }
    }

    @Test
    @DisplayName(
            "a get whose tables are deleted while it reads, once or twice, starts again each time, and sees the newest write")
    void goneTables() {
        for (int times = 1; times <= 3; times++) {
            CrashDisk home = CrashDisk.create();
            WhenAsked filters = new WhenAsked();
            LsmOptions options = new StoreByHand(home.root().resolve("unused"))
                    .options()
                    .withTable(TableOptions.defaults().withFilter(filters));
            try (LsmStore store = LsmStore.open(home.root(), options)) {
                put(store, "a", "0");
                store.flush();
                int[] done = {0};
                int all = times;
                filters.task = () -> { // between the look at the state and the block
                    if (done[0] < all) {
                        done[0]++;
                        put(store, "a", "" + done[0]);
                        store.flush();
                        store.compactAll();
                    }
                };
                Step.at("a get of a, which is written again, flushed and merged " + times
                        + " times while the get is at its table: " + times + " is expected");
                assertEquals(
                        "" + times,
                        get(store, "a"),
                        "a, which was written again, flushed and merged " + times
                                + " times while a get was about to read the table that it had found");
            }
        }
    }

    /** Filters that say perhaps, and do something when a get asks them. */
    private static final class WhenAsked implements FilterPolicy {
        private Runnable task = () -> {};

        @Override
        public String name() {
            return "storagelab.WhenAsked";
        }

        @Override
        public Slice create(List<Slice> keys) {
            return Slice.utf8("any");
        }

        @Override
        public boolean mayContain(Slice filter, Slice key) {
            Runnable now = task;
            task = () -> {};
            now.run();
            task = now;
            return true;
        }
    }

    @Test
    @DisplayName("while merges drop what no snapshot holds, a key that is always there is always found")
    void besideMerges() throws InterruptedException {
        try (LsmStore store = LsmStore.open(disk.root(), NoMerges.options(1 << 20));
                Crew crew = new Crew()) {
            put(store, "a", "0");
            AtomicBoolean done = new AtomicBoolean();
            crew.start(4, "reader", () -> {
                while (!done.get()) {
                    assertTrue(
                            store.get(Slice.utf8("a")).isPresent(),
                            "a get has not found a, which is there all the time and is written again, flushed and"
                                    + " merged by another thread: which is read first, the state or what is visible?");
                }
            });
            for (int i = 1; i <= 600 && !crew.hasFailed(); i++) {
                put(store, "a", "" + i);
                store.compactAll();
            }
            done.set(true);
            crew.join();
        }
    }

    @Test
    @DisplayName("of a run with many tables a get halves them, and does not go from one to the next")
    void halves() {
        Growth.check("a get of a key after all tables", "tables in a run", new Growth.Sizes(16, 2048), count -> {
            StoreByHand tables = new StoreByHand(CrashDisk.create().root());
            String front = "a key that begins as all others do, and as they go on, for some forty bytes ";
            for (int i = 0; i < count; i++) {
                tables.table("t", 1, 1, List.of(front + "%05d@1=1".formatted(i)));
            }
            LsmStore store = tables.open();
            Slice key = Slice.utf8(front + "%05d!".formatted(count - 2));
            return () -> {
                for (int i = 0; i < 1000; i++) {
                    assertTrue(store.get(key).isEmpty(), "a key between two tables is found");
                }
            };
        });
    }
}

package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.testkit.lsm.StoreByHand;

@Tag("5.8")
class ReadPathTest {
    private final CrashDisk disk = CrashDisk.create();

    /** The tables of the worked example. */
    private StoreByHand example() {
        return new StoreByHand(disk.root())
                .table("table 9", 0, 0, List.of("apple@16=old", "fig@15=green"))
                .table("table 12", 0, 0, List.of("apple@18†", "kiwi@19=fresh"))
                .table("table 5", 1, 0, List.of("apple@3=red", "date@4=dry"))
                .table("table 6", 1, 0, List.of("fig@5=blue", "lime@6=sour"));
    }

    private static String get(LsmStore store, String key) {
        return store.get(Slice.utf8(key)).map(Slice::toUtf8).orElse("nothing");
    }

    @Test
    @DisplayName("the worked example: what is found, and which tables are asked for it")
    void workedExample() {
        StoreByHand tables = example();
        try (LsmStore store = tables.open()) {
            store.put(Slice.utf8("lime"), Slice.utf8("sweet"));
            assertGet(tables, store, "lime", "sweet", List.of());
            assertGet(tables, store, "kiwi", "fresh", List.of("table 12"));
            assertGet(tables, store, "apple", "nothing", List.of("table 12"));
            assertGet(tables, store, "date", "dry", List.of("table 12", "table 9", "table 5"));
            assertGet(tables, store, "grape", "nothing", List.of("table 12", "table 6"));
            assertGet(tables, store, "mango", "nothing", List.of());
        }
    }

    private static void assertGet(StoreByHand tables, LsmStore store, String key, String expected, List<String> asked) {
        tables.filters().clear();
        assertThat("get(" + key + ")", get(store, key), is(expected));
        assertThat("tables asked for " + key, tables.filters().asked(), is(asked));
    }

    @Test
    @DisplayName(
            "a table whose bounds say that it has not the key is not even opened; one whose filter does is not read")
    void reads() {
        StoreByHand tables = example();
        try (LsmStore store = tables.open()) {
            long before = disk.counters().reads();
            assertThat("get(mango)", get(store, "mango"), is("nothing"));
            assertThat("get(aardvark)", get(store, "aardvark"), is("nothing"));
            assertThat("reads for keys outside of all tables", disk.counters().reads() - before, is(0L));
            get(store, "grape"); // opens tables 12 and 6
            before = disk.counters().reads();
            assertThat("get(grape)", get(store, "grape"), is("nothing"));
            assertThat("reads when both filters say no", disk.counters().reads() - before, is(0L));
            assertThat("get(kiwi)", get(store, "kiwi"), is("fresh"));
            assertThat(
                    "reads for a key of the first table asked", disk.counters().reads() - before, is(1L));
        }
    }

    @Test
    @DisplayName("the versions of a key may be in two tables of a run")
    void cutBetweenVersions() {
        StoreByHand tables = new StoreByHand(disk.root())
                .table("first", 1, 0, List.of("a@1=1", "k@9=new"))
                .table("second", 1, 0, List.of("k@3=old", "z@2=2"));
        try (LsmStore store = tables.open()) {
            assertGet(tables, store, "k", "new", List.of("first"));
            assertThat("get(k, 8)", store.get(Slice.utf8("k"), 8L), is(Optional.of(Slice.utf8("old"))));
            assertThat("get(k, 2)", store.get(Slice.utf8("k"), 2L), is(Optional.empty()));
        }
    }

    @Test
    @DisplayName("a read that fails is an exception, and the next get goes on")
    void failure() {
        try (LsmStore store = example().open()) {
            disk.faults().failOnce(DiskCall.READ, 1);
            assertThrows(StorageException.class, () -> get(store, "kiwi"));
            assertThat("get(kiwi)", get(store, "kiwi"), is("fresh"));
        }
    }
}

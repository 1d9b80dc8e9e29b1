package storagelab.btree.toy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.SurvivalMode;
import storagelab.testkit.Seeds;

/** What the toy does right as long as there is power, and what it does not survive. */
class InPlaceTreeTest {
    private static final int FULL_LEAF = 60;

    @Test
    @DisplayName("agrees with a sorted map, also after it was closed and opened again")
    void agreesWithASortedMap() {
        Seeds.check(5, random -> {
            Path file = CrashDisk.create().root().resolve("tree");
            SortedMap<Long, Long> expected = new TreeMap<>();
            for (int session = 0; session < 3; session++) {
                try (InPlaceTree tree = InPlaceTree.open(file)) {
                    for (int i = 0; i < 2_000; i++) {
                        long key = random.nextInt(5_000) - 1_000;
                        long value = random.nextLong();
                        tree.put(key, value);
                        expected.put(key, value);
                    }
                }
                try (InPlaceTree tree = InPlaceTree.open(file)) {
                    assertThat("all entries", new TreeMap<>(entries(tree)), is(expected));
                    for (long key = -1_001; key <= 4_000; key++) {
                        Long value = expected.get(key);
                        OptionalLong found = tree.get(key);
                        assertThat(
                                "get(" + key + ")",
                                found,
                                is(value == null ? OptionalLong.empty() : OptionalLong.of(value)));
                    }
                }
            }
        });
    }

    @Test
    @DisplayName("keeps its entries in order, whatever the order in which they came")
    void order() throws IOException {
        for (int step : new int[] {1, -1, 7}) {
            try (InPlaceTree tree = InPlaceTree.open(CrashDisk.create().root().resolve("tree"))) {
                int count = 10_000;
                for (int i = 0; i < count; i++) {
                    tree.put(Math.floorMod((long) i * step, (long) count), i);
                }
                List<Long> keys = new ArrayList<>();
                tree.forEach(0, (key, value) -> keys.add(key));
                assertThat(
                        "keys after puts in steps of " + step,
                        keys,
                        is(LongStream.range(0, count).boxed().toList()));
            }
        }
    }

    @Test
    @DisplayName("a put that has returned survives a power cut")
    void syncs() throws IOException {
        CrashDisk disk = CrashDisk.create();
        try (InPlaceTree tree = InPlaceTree.open(disk.root().resolve("tree"))) {
            disk.syncAll();
            for (long key = 0; key < 200; key++) {
                tree.put(key, key);
            }
        }
        Path survived = disk.afterCrash(SurvivalMode.NOTHING, 1).root().resolve("tree");
        try (InPlaceTree tree = InPlaceTree.open(survived)) {
            assertThat("entries after 200 puts and a power cut", entries(tree).size(), is(200));
        }
    }

    @Test
    @DisplayName("breaks as said: killed in the middle of a split, it has lost half of a leaf that was synced long ago")
    void killedInASplit() throws Exception {
        CrashDisk disk = CrashDisk.create();
        int before;
        try (InPlaceTree tree = InPlaceTree.open(disk.root().resolve("tree"))) {
            for (long key = 0; key < FULL_LEAF; key++) {
                tree.put(key, key);
            }
            disk.syncAll();
            before = disk.operations().size();
            tree.put(FULL_LEAF, FULL_LEAF);
        }
        List<Integer> left = new ArrayList<>();
        CrashExplorer.explore(
                CrashExplorerOptions.defaults()
                        .withModes(List.of(SurvivalMode.EVERYTHING))
                        .withFirstOperation(before)
                        .withRecoveryCrashes(0, 1),
                disk,
                crash -> {
                    try (InPlaceTree tree = InPlaceTree.open(crash.root().resolve("tree"))) {
                        left.add(entries(tree).size());
                    }
                });
        assertThat("entries before the put", left.get(0), is(FULL_LEAF));
        assertThat("entries after it", left.get(left.size() - 1), is(FULL_LEAF + 1));
        assertThat(
                "the fewest entries that a kill leaves (all: " + left + ")",
                left.stream().min(Integer::compare).orElseThrow(),
                is(allOf(greaterThan(0), lessThan(FULL_LEAF))));
    }

    private static SortedMap<Long, Long> entries(InPlaceTree tree) throws IOException {
        SortedMap<Long, Long> entries = new TreeMap<>();
        tree.forEach(0, entries::put);
        return entries;
    }
}

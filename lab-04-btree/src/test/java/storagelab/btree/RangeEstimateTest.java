package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.testkit.Seeds;

class RangeEstimateTest {
    private static final int ENTRIES = 4_000;

    private static Slice key(int number) {
        return Slice.utf8("%06d".formatted(number));
    }

    private static BTreeStore store() {
        return BTreeStore.open(
                CrashDisk.create().root(),
                BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(256 << 10));
    }

    @Test
    @DisplayName("of random ranges, the estimate is off by less than a twentieth of all entries")
    void close() {
        Seeds.check(3, random -> {
            NavigableSet<Integer> numbers = new TreeSet<>();
            try (BTreeStore store = store()) {
                while (numbers.size() < ENTRIES) {
                    int number = random.nextInt(1_000_000);
                    numbers.add(number);
                    store.put(key(number), Slice.utf8("value"));
                }
                check(store, numbers, random);
            }
        });
    }

    private static void check(BTreeStore store, NavigableSet<Integer> numbers, Random random) {
        assertThat(store.approximateEntries(KeyRange.all()), is((long) ENTRIES));
        for (int i = 0; i < 100; i++) {
            int from = random.nextInt(1_000_000);
            int to = from + random.nextInt(1_000_000 - from);
            double entries = numbers.subSet(from, to).size();
            double estimate = store.approximateEntries(KeyRange.of(key(from), key(to)));
            assertThat("[" + from + ", " + to + ")", estimate, closeTo(entries, ENTRIES / 20.0));
        }
    }

    @Test
    @DisplayName("in one leaf it is exact, and a tree without entries has none in any range")
    void oneLeaf() {
        try (BTreeStore store = store()) {
            assertThat(store.approximateEntries(KeyRange.all()), is(0L));
            for (int i = 0; i < 10; i++) {
                store.put(key(i), Slice.utf8("v"));
            }
            assertThat(store.approximateEntries(KeyRange.of(key(2), key(6))), is(4L));
            assertThat(store.approximateEntries(KeyRange.from(key(7))), is(3L));
            assertThat(store.approximateEntries(KeyRange.of(key(3), key(3))), is(0L));
        }
    }
}

package storagelab.skiplist;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.testing.features.CollectionSize;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;
import storagelab.tree.NavigableMapSuite;

@Tag("3.5")
class SkipListTest {
    private static final Comparator<Integer> ORDER = Comparator.naturalOrder();

    @Test
    @DisplayName("a random load gives what a sorted map gives, and verify() finds nothing")
    void model() {
        Seeds.check(20, random -> {
            SkipList<Integer, String> list = new SkipList<>(ORDER, random);
            TreeMap<Integer, String> model = new TreeMap<>();
            for (int i = 0; i < 400; i++) {
                int key = random.nextInt(60);
                if (random.nextInt(3) == 0) {
                    assertThat("delete(" + key + ")", list.delete(key), is(model.remove(key)));
                } else {
                    assertThat("put(" + key + ", …)", list.put(key, "v" + i), is(model.put(key, "v" + i)));
                }
                int near = random.nextInt(62) - 1;
                assertThat("get(" + near + ")", list.get(near), is(model.get(near)));
                assertThat("floor(" + near + ")", list.floor(near), is(model.floorEntry(near)));
                assertThat("ceiling(" + near + ")", list.ceiling(near), is(model.ceilingEntry(near)));
                assertThat("lower(" + near + ")", list.lower(near), is(model.lowerEntry(near)));
                assertThat("higher(" + near + ")", list.higher(near), is(model.higherEntry(near)));
                assertThat("size()", list.size(), is(model.size()));
                list.verify();
            }
            assertThat("first()", list.first(), is(model.firstEntry()));
            assertThat("last()", list.last(), is(model.lastEntry()));
            assertThat("entries()", ImmutableList.copyOf(list.entries()), is(ImmutableList.copyOf(model.entrySet())));
        });
    }

    @Test
    @DisplayName("one node in four goes up a level")
    void levels() {
        int[] nodes = filled(40_000, ORDER).nodesPerLevel();
        assertThat("nodes on level 0 of 40,000", nodes[0], is(40_000));
        assertThat("nodes on level 1 of 40,000", (double) nodes[1], is(closeTo(10_000, 600)));
        assertThat("nodes on level 2 of 40,000", (double) nodes[2], is(closeTo(2_500, 300)));
    }

    @Test
    @DisplayName("a get of 65,536 keys compares with about thirty of them")
    void comparisons() {
        long[] comparisons = {0};
        SkipList<Integer, Integer> list = filled(65_536, (a, b) -> {
            comparisons[0]++;
            return Integer.compare(a, b);
        });
        comparisons[0] = 0;
        for (int key = 0; key < 65_536; key++) {
            list.get(key);
        }
        assertThat("comparisons of a get, on average", comparisons[0] / 65_536.0, is(lessThan(40.0)));
    }

    @Test
    @DisplayName("equal coins make equal lists")
    void seeded() {
        assertThat(filled(1_000, ORDER).nodesPerLevel(), is(filled(1_000, ORDER).nodesPerLevel()));
    }

    @Test
    @DisplayName("a list without entries has no levels and no neighbours")
    void empty() {
        SkipList<Integer, String> list = new SkipList<>(ORDER, new Random(1));
        assertThat(list.nodesPerLevel().length, is(0));
        assertThat(list.first(), is((Map.Entry<Integer, String>) null));
        assertThat(list.last(), is((Map.Entry<Integer, String>) null));
        assertThat(list.entries().hasNext(), is(false));
    }

    @Test
    @DisplayName("a skip list as a NavigableMap passes Guava's suite for maps of several entries")
    void navigableMap() {
        int cases = NavigableMapSuite.run(
                CollectionSize.SEVERAL, comparator -> new SkipList<>(comparator, new Random(Seeds.base())));
        assertThat("cases of the suite", cases, greaterThan(10_000));
    }

    private static SkipList<Integer, Integer> filled(int count, Comparator<Integer> order) {
        SkipList<Integer, Integer> list = new SkipList<>(order, new Random(7));
        for (int i = 0; i < count; i++) {
            list.put(i * 7_919 % count, i);
        }
        return list;
    }
}

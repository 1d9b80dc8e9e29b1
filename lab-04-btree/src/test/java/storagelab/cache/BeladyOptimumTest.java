package storagelab.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.cache.toy.FifoPolicy;
import storagelab.testkit.Seeds;

class BeladyOptimumTest {
    @Test
    @DisplayName("the trace of the textbooks: eleven hits of twenty with three slots")
    void textbook() {
        int[] trace = {7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1};
        assertThat("hits of the optimum", BeladyOptimum.hits(trace, 3), is(11));
        assertThat("hits of first in, first out", CacheSimulator.hits(new FifoPolicy(), 3, trace), is(5));
        assertThat("hits of nothing", BeladyOptimum.hits(new int[0], 3), is(0));
    }

    @Test
    @DisplayName("what all ways of evicting can do at best is what the optimum says")
    void everyWay() {
        Seeds.check(100, random -> {
            int[] trace = random.ints(9, 0, 5).toArray();
            int capacity = 1 + random.nextInt(3);
            int optimum = BeladyOptimum.hits(trace, capacity);
            assertThat("hits of the optimum", optimum, is(best(trace, 0, capacity, new HashSet<>())));
            assertThat(
                    "the optimum beside first in, first out",
                    optimum,
                    is(greaterThanOrEqualTo(CacheSimulator.hits(new FifoPolicy(), capacity, trace))));
        });
    }

    /** The most hits from {@code from} on, over everything that can be evicted. */
    private static int best(int[] trace, int from, int capacity, Set<Integer> here) {
        if (from == trace.length) {
            return 0;
        }
        if (here.contains(trace[from])) {
            return 1 + best(trace, from + 1, capacity, here);
        }
        if (here.size() < capacity) {
            return best(trace, from + 1, capacity, with(here, trace[from]));
        }
        int most = 0;
        for (Integer victim : here) {
            Set<Integer> rest = with(here, trace[from]);
            rest.remove(victim);
            most = Math.max(most, best(trace, from + 1, capacity, rest));
        }
        return most;
    }

    private static Set<Integer> with(Set<Integer> pages, int page) {
        Set<Integer> more = new HashSet<>(pages);
        more.add(page);
        return more;
    }
}

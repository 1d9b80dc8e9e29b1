package storagelab.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;

@Tag("4.3")
class TwoQueuePolicyTest extends EvictionPolicyContract {
    @Override
    EvictionPolicy newPolicy(int capacity) {
        return new TwoQueuePolicy(capacity);
    }

    @Test
    @DisplayName("the worked example: a page that comes back stays while a scan goes by")
    void example() {
        CacheSimulator memory = new CacheSimulator(new TwoQueuePolicy(4), 4);
        play(memory, 1, 2, 3, 4, 1, 5);
        assertThat("is page 1, touched while it was new, there after 5", memory.contains(1), is(false));
        play(memory, 1);
        assertThat("is page 2 there after page 1 came back", memory.contains(2), is(false));
        play(memory, 6, 7, 8);
        assertThat("are 1, 6, 7 and 8 there after the scan", hasAll(memory, 1, 6, 7, 8), is(true));
        assertThat("is page 1 there when it is wanted again", memory.access(1), is(true));
        play(memory, 9, 10, 11, 12, 13);
        assertThat("is page 1 there after five more pages", memory.contains(1), is(true));
    }

    @Test
    @DisplayName("a page that is forgotten as a ghost is new again")
    void forgottenGhost() {
        CacheSimulator memory = new CacheSimulator(new TwoQueuePolicy(4), 4);
        play(memory, 1, 2, 3, 4, 5, 6, 7);
        play(memory, 1, 8, 9, 10, 11);
        assertThat(
                "is page 1 there, forgotten as a ghost before it came back, after four more pages",
                memory.contains(1),
                is(false));
    }

    @Test
    @DisplayName("a scan beside a hot set leaves the hot set where it is")
    void scanResistant() {
        Seeds.check(3, random -> {
            int[] trace = Traces.scanWithHotSet(60, 500, 20_000, new Random(random.nextLong()));
            double hits = CacheSimulator.hits(new TwoQueuePolicy(100), 100, trace);
            assertThat("hits in the hot set, of 10,000 pages that are wanted of it", hits, is(greaterThan(9_000.0)));
        });
    }

    @Test
    @DisplayName("a loop over one page more than fits hits most of the time")
    void loop() {
        int hits = CacheSimulator.hits(new TwoQueuePolicy(100), 100, Traces.loop(101, 10_000));
        assertThat("hits of 10,000", hits, is(greaterThan(8_000)));
    }

    private static void play(CacheSimulator memory, int... pages) {
        for (int page : pages) {
            memory.access(page);
        }
    }

    private static boolean hasAll(CacheSimulator memory, int... pages) {
        return IntStream.of(pages).allMatch(memory::contains);
    }
}

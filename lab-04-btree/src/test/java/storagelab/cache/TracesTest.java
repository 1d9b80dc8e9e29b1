package storagelab.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TracesTest {
    @Test
    @DisplayName("Zipf: the most popular of 1,000 pages is wanted 1 in 7.7 times, twice as often as the second")
    void zipf() {
        int[] trace = Traces.zipf(1_000, 200_000, new Random(7));
        long[] counts = new long[1_000];
        Arrays.stream(trace).forEach(page -> counts[page]++);
        Arrays.sort(counts);
        // the sum of 1/i^0.99 for i = 1 to 1,000 is 7.729
        assertThat("share of the first", counts[999] / 200_000.0, is(closeTo(1 / 7.729, 0.005)));
        assertThat("share of the second", counts[998] / 200_000.0, is(closeTo(Math.pow(0.5, 0.99) / 7.729, 0.005)));
        assertThat("trace of an equal seed", Traces.zipf(1_000, 200_000, new Random(7)), is(trace));
    }

    @Test
    @DisplayName("a loop begins again at page 0")
    void loop() {
        assertThat(Traces.loop(3, 7), is(new int[] {0, 1, 2, 0, 1, 2, 0}));
    }

    @Test
    @DisplayName("a scan goes on in every other place, the places between are of the hot set")
    void scan() {
        int[] trace = Traces.scanWithHotSet(4, 3, 10, new Random(7));
        int[] scanned = IntStream.range(0, 5).map(i -> trace[2 * i + 1]).toArray();
        assertThat(scanned, is(new int[] {4, 5, 6, 4, 5}));
        assertThat("are all others hot", IntStream.range(0, 5).allMatch(i -> trace[2 * i] < 4), is(true));
    }

    @Test
    @DisplayName("each fifth of the trace has its own hot set, which nine of ten pages are of")
    void shifting() {
        int[] trace = Traces.shiftingHotSet(10, 50_000, new Random(7));
        for (int shift = 0; shift < 5; shift++) {
            int hot = shift;
            long count = Arrays.stream(trace, shift * 10_000, (shift + 1) * 10_000)
                    .filter(page -> page / 10 == hot)
                    .count();
            assertThat("pages of hot set " + hot + " in its time", (double) count, is(closeTo(9_200, 150)));
        }
    }
}

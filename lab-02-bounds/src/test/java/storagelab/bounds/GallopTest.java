package storagelab.bounds;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.atMost;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.search.IntSequence;
import storagelab.testkit.CountingIntSequence;

@Tag("2.2")
class GallopTest {
    private static final int LONGEST = Integer.MAX_VALUE;

    @Test
    @DisplayName("the example: from index 1 to the first element that is not below 14")
    void example() {
        IntSequence sorted = IntSequence.of(3, 4, 4, 9, 12, 15, 20, 31);
        assertThat(
                "from 1 to the first not below 14 in [3, 4, 4, 9, 12, 15, 20, 31]",
                Bounds.gallop(1, sorted.length(), index -> sorted.get(index) < 14),
                is(5));
    }

    @Test
    @DisplayName("from every index it finds the partition point of the rest")
    void everyStart() {
        for (int length = 0; length <= 40; length++) {
            CountingIntSequence sorted = CountingIntSequence.virtual(length, index -> index);
            for (int from = 0; from <= length; from++) {
                for (int point = 0; point <= length; point++) {
                    int target = point;
                    assertThat(
                            "from " + from + " of " + length + " to " + target,
                            Bounds.gallop(from, length, index -> sorted.get(index) < target),
                            is(Math.max(from, target)));
                }
            }
        }
    }

    @Test
    @DisplayName("a near answer costs by its distance, however much lies behind it")
    void nearAnswersAreCheap() {
        CountingIntSequence million = CountingIntSequence.virtual(1_000_000, index -> index);
        int[] distances = {0, 1, 3, 10, 100, 1000};
        int[] probesMax = {2, 4, 6, 10, 16, 22};
        for (int i = 0; i < distances.length; i++) {
            int target = 500_000 + distances[i];
            million.reset();
            assertThat(
                    "from 500000 to " + target,
                    Bounds.gallop(500_000, 1_000_000, index -> million.get(index) < target),
                    is(target));
            assertThat(
                    "over a distance of " + distances[i],
                    million.probes(),
                    atMost(
                            probesMax[i],
                            "probes",
                            "do strides double, and does the search stay between the last two?"));
        }
    }

    @Test
    @DisplayName("2,147,483,647 elements, from the first and from the last")
    void longest() {
        CountingIntSequence longest = CountingIntSequence.virtual(LONGEST, index -> index);
        for (int from : new int[] {0, 1, 1 << 30, LONGEST - 2, LONGEST - 1, LONGEST}) {
            assertThat(
                    "from " + from + ", all of 2147483647 before it",
                    Bounds.gallop(from, LONGEST, index -> longest.get(index) < LONGEST),
                    is(LONGEST));
        }
    }

    @Test
    @DisplayName("a start outside of the sequence is refused")
    void startOutside() {
        assertThrows(IllegalArgumentException.class, () -> Bounds.gallop(-1, 5, index -> true), "from -1");
        assertThrows(IllegalArgumentException.class, () -> Bounds.gallop(6, 5, index -> true), "from 6 of 5");
    }
}

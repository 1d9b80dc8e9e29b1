package storagelab.bounds;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;

/** Every layout gives the lower bound that counting gives. */
class SortedIntsTest {
    private static final Map<String, Function<int[], SortedInts>> LAYOUTS = new LinkedHashMap<>();

    static {
        LAYOUTS.put("branch-free", BranchFreeInts::new);
        LAYOUTS.put("Eytzinger", EytzingerInts::new);
        LAYOUTS.put("block tree", BlockTreeInts::new);
    }

    private static void assertLowerBound(String name, SortedInts layout, int[] sorted, int target) {
        int smaller =
                (int) Arrays.stream(sorted).filter(value -> value < target).count();
        assertThat(
                name + ": lower bound of " + target + " in "
                        + (sorted.length < 100 ? Arrays.toString(sorted) : sorted.length + " numbers"),
                layout.lowerBound(target),
                is(smaller));
    }

    @Test
    void everyLengthUpToThreeHundredAndEveryGap() {
        LAYOUTS.forEach((name, make) -> {
            for (int length = 0; length <= 300; length++) {
                SortedInts layout = make.apply(
                        IntStream.range(0, length).map(i -> 2 * i + 1).toArray());
                assertThat(name, layout.length(), is(length));
                for (int target = 0; target <= 2 * length; target++) {
                    assertThat(
                            name + ": lower bound of " + target + " in the first " + length + " odd numbers",
                            layout.lowerBound(target),
                            is(target / 2));
                }
            }
        });
    }

    @Test
    void lengthsAroundThePowersOfSixteen() {
        LAYOUTS.forEach((name, make) -> {
            for (int length : new int[] {4095, 4096, 4097, 65_535, 65_536, 65_537}) {
                SortedInts layout = make.apply(
                        IntStream.range(0, length).map(i -> 2 * i + 1).toArray());
                for (int target = 0; target <= 2 * length; target += 7) {
                    assertThat(name + " of " + length, layout.lowerBound(target), is(target / 2));
                }
                assertThat(name + " of " + length, layout.lowerBound(Integer.MAX_VALUE), is(length));
            }
        });
    }

    @Test
    void duplicatesAndTheEndsOfTheInts() {
        Seeds.check(200, random -> {
            int[] sorted = random.ints(random.nextInt(200), -20, 20).sorted().toArray();
            for (int i = 0; i < sorted.length / 10; i++) {
                sorted[i] = Integer.MIN_VALUE;
                sorted[sorted.length - 1 - i] = Integer.MAX_VALUE;
            }
            LAYOUTS.forEach((name, make) -> {
                SortedInts layout = make.apply(sorted);
                for (int target = -21; target <= 20; target++) {
                    assertLowerBound(name, layout, sorted, target);
                }
                for (int target : new int[] {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, Integer.MAX_VALUE}) {
                    assertLowerBound(name, layout, sorted, target);
                }
            });
        });
    }

    @Test
    void aLayoutIsACopy() {
        LAYOUTS.forEach((name, make) -> {
            int[] sorted = {1, 2, 3};
            SortedInts layout = make.apply(sorted);
            sorted[0] = 3;
            assertThat(name, layout.lowerBound(2), is(1));
        });
    }
}

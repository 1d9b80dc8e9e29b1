package storagelab.bounds;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.StoreMatchers.atMost;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.search.IntSequence;
import storagelab.testkit.CountingIntSequence;
import storagelab.testkit.CountingList;
import storagelab.testkit.Seeds;

@Tag("2.1")
class BoundsTest {
    private static final IntSequence LEETCODE = IntSequence.of(5, 7, 7, 8, 8, 10);
    private static final String IN_LEETCODE = " in [5, 7, 7, 8, 8, 10]";

    @Test
    @DisplayName("the examples of LeetCode 34, as half-open ranges")
    void examples() {
        assertThat("equal range of 8" + IN_LEETCODE, Bounds.equalRange(LEETCODE, 8), is(new IndexRange(3, 5)));
        assertThat("equal range of 6" + IN_LEETCODE, Bounds.equalRange(LEETCODE, 6), is(new IndexRange(1, 1)));
        assertThat("equal range of 0 in []", Bounds.equalRange(IntSequence.of(), 0), is(new IndexRange(0, 0)));
    }

    @Test
    @DisplayName("lower bound is the first that is not smaller, upper bound the first that is greater")
    void lowerAndUpper() {
        int[] targets = {4, 5, 6, 7, 8, 9, 10, 11};
        int[] lower = {0, 0, 1, 1, 3, 5, 5, 6};
        int[] upper = {0, 1, 1, 3, 5, 5, 6, 6};
        for (int i = 0; i < targets.length; i++) {
            assertThat(
                    "lower bound of " + targets[i] + IN_LEETCODE,
                    Bounds.lowerBound(LEETCODE, targets[i]),
                    is(lower[i]));
            assertThat(
                    "upper bound of " + targets[i] + IN_LEETCODE,
                    Bounds.upperBound(LEETCODE, targets[i]),
                    is(upper[i]));
        }
    }

    @Test
    @DisplayName("the partition point is the first index at which the predicate is false")
    void partitionPoint() {
        for (int length = 0; length <= 20; length++) {
            for (int point = 0; point <= length; point++) {
                int expected = point;
                assertThat(
                        "partition point of a length of " + length + " with " + point + " times true",
                        Bounds.partitionPoint(length, index -> index < expected),
                        is(expected));
            }
        }
    }

    @Test
    @DisplayName("a length below zero is refused")
    void negativeLength() {
        Assertions.assertThrows(
                IllegalArgumentException.class, () -> Bounds.partitionPoint(-1, index -> true), "a length of -1");
    }

    @Test
    @DisplayName("a million elements take 20 probes at most, also when all of them are equal")
    void probes() {
        for (int target : new int[] {-1, 0, 1, 777_777, 1_999_998, 1_999_999}) {
            CountingIntSequence even = CountingIntSequence.virtual(1_000_000, index -> 2 * index);
            assertThat(
                    "lower bound of " + target + " in [0, 2, 4, … 1999998]",
                    Bounds.lowerBound(even, target),
                    is((target + 1) / 2));
            assertThat(even.probes(), atMost(20, "probes", "is an element read more than once a round?"));
        }
        CountingIntSequence sevens = CountingIntSequence.virtual(1_000_000, index -> 7);
        assertThat(
                "equal range of 7 in a million sevens", Bounds.equalRange(sevens, 7), is(new IndexRange(0, 1_000_000)));
        assertThat(sevens.probes(), atMost(40, "probes", "do you walk from one equal element to the next?"));
    }

    @Test
    @DisplayName("2,147,483,647 elements: the sum of two indexes does not fit an int")
    void longest() {
        CountingIntSequence longest = CountingIntSequence.virtual(Integer.MAX_VALUE, index -> index);
        for (int target : new int[] {0, 1 << 30, 2_000_000_000, Integer.MAX_VALUE - 1}) {
            String name = " of " + target + " in [0, 1, 2, … 2147483646]";
            assertThat("lower bound" + name, Bounds.lowerBound(longest, target), is(target));
            assertThat("upper bound" + name, Bounds.upperBound(longest, target), is(target + 1));
        }
    }

    @Test
    @DisplayName("lists of slices have the same bounds, in the order of unsigned bytes")
    void slices() {
        List<Slice> names = List.of(
                Slice.utf8("ann"), Slice.utf8("bob"), Slice.utf8("bob"), Slice.utf8("eve"), Slice.copyOf((byte) 0x80));
        String inNames = " in " + names;
        assertThat(
                "equal range of bob" + inNames, Bounds.equalRange(names, Slice.utf8("bob")), is(new IndexRange(1, 3)));
        assertThat(
                "equal range of dan" + inNames, Bounds.equalRange(names, Slice.utf8("dan")), is(new IndexRange(3, 3)));
        assertThat("lower bound of 0x80" + inNames, Bounds.lowerBound(names, Slice.copyOf((byte) 0x80)), is(4));
        assertThat("upper bound of 0x80" + inNames, Bounds.upperBound(names, Slice.copyOf((byte) 0x80)), is(5));
        assertThat("lower bound of 0xff" + inNames, Bounds.lowerBound(names, Slice.copyOf((byte) 0xff)), is(5));
    }

    @Test
    @DisplayName("a list of 1,000 elements takes 10 probes at most")
    void listProbes() {
        CountingList<Integer> thousand =
                new CountingList<>(IntStream.range(0, 1000).boxed().toList());
        assertThat("upper bound of 998 in [0, 1, 2, … 999]", Bounds.upperBound(thousand, 998), is(999));
        assertThat(thousand.probes(), atMost(10, "probes", "is the list copied or walked through?"));
    }

    @Test
    @DisplayName("random sequences have the bounds that counting gives")
    void randomSequences() {
        Seeds.check(200, random -> {
            int[] sorted = random.ints(random.nextInt(60), -20, 20).sorted().toArray();
            int target = random.nextInt(50) - 25;
            String name = " of " + target + " in " + Arrays.toString(sorted);
            int smaller =
                    (int) Arrays.stream(sorted).filter(value -> value < target).count();
            int notGreater =
                    (int) Arrays.stream(sorted).filter(value -> value <= target).count();
            assertThat("lower bound" + name, Bounds.lowerBound(IntSequence.of(sorted), target), is(smaller));
            assertThat("upper bound" + name, Bounds.upperBound(IntSequence.of(sorted), target), is(notGreater));
        });
    }
}

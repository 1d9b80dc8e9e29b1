package storagelab.bounds;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.StoreMatchers.atMost;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.search.IntSequence;
import storagelab.testkit.CountingIntSequence;
import storagelab.testkit.Seeds;

@Tag("2.3")
class RotatedSearchTest {
    private static final int MILLION = 1_000_000;

    private static void assertRotationPoint(int expected, int... rotated) {
        assertThat(
                "rotation point of " + Arrays.toString(rotated),
                RotatedSearch.rotationPoint(IntSequence.of(rotated)),
                is(expected));
    }

    /** {@code sorted}, so that its first element is at {@code point}. */
    private static int[] rotate(int[] sorted, int point) {
        int[] rotated = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            rotated[(i + point) % sorted.length] = sorted[i];
        }
        return rotated;
    }

    @Test
    @DisplayName("the rotation points of LeetCode 153")
    void withoutDuplicates() {
        assertRotationPoint(3, 3, 4, 5, 1, 2);
        assertRotationPoint(4, 4, 5, 6, 7, 0, 1, 2);
        assertRotationPoint(0, 11, 13, 15, 17);
        assertRotationPoint(1, 2, 1);
    }

    @Test
    @DisplayName("the rotation points of LeetCode 154, with duplicates")
    void withDuplicates() {
        assertRotationPoint(0, 1, 3, 5);
        assertRotationPoint(3, 2, 2, 2, 0, 1);
        assertRotationPoint(2, 2, 2, 0, 2);
        assertRotationPoint(1, 1, 0, 1, 1, 1);
        assertRotationPoint(3, 1, 1, 1, 0, 1);
        assertRotationPoint(2, 0, 2, 0, 0);
        assertRotationPoint(0, 3, 3, 3);
    }

    @Test
    @DisplayName("nothing and one element begin at 0")
    void noneAndOne() {
        assertRotationPoint(0);
        assertRotationPoint(0, 7);
        assertThat("index of 7 in []", RotatedSearch.indexOf(IntSequence.of(), 7), is(-1));
        assertThat("index of 7 in [7]", RotatedSearch.indexOf(IntSequence.of(7), 7), is(0));
        assertThat("index of 8 in [7]", RotatedSearch.indexOf(IntSequence.of(7), 8), is(-1));
    }

    @Test
    @DisplayName("the examples of LeetCode 33 and 81")
    void indexOf() {
        IntSequence distinct = IntSequence.of(4, 5, 6, 7, 0, 1, 2);
        assertThat("index of 0 in [4, 5, 6, 7, 0, 1, 2]", RotatedSearch.indexOf(distinct, 0), is(4));
        assertThat("index of 3 in [4, 5, 6, 7, 0, 1, 2]", RotatedSearch.indexOf(distinct, 3), is(-1));
        IntSequence repeated = IntSequence.of(2, 5, 6, 0, 0, 1, 2);
        assertThat("index of 0 in [2, 5, 6, 0, 0, 1, 2]", RotatedSearch.indexOf(repeated, 0), anyOf(is(3), is(4)));
        assertThat("index of 2 in [2, 5, 6, 0, 0, 1, 2]", RotatedSearch.indexOf(repeated, 2), anyOf(is(0), is(6)));
        assertThat("index of 3 in [2, 5, 6, 0, 0, 1, 2]", RotatedSearch.indexOf(repeated, 3), is(-1));
    }

    @Test
    @DisplayName("a million different elements: 22 probes for the rotation point, 42 for an index")
    void probes() {
        for (int point : new int[] {0, 1, 2, 499_999, 500_000, 999_999}) {
            CountingIntSequence rotated =
                    CountingIntSequence.virtual(MILLION, index -> (index - point + MILLION) % MILLION);
            assertThat("rotation point", RotatedSearch.rotationPoint(rotated), is(point));
            assertThat(rotated.probes(), atMost(22, "probes", "is the end of the range read again in every round?"));
            rotated.reset();
            assertThat(
                    "index of 777777, rotated by " + point,
                    RotatedSearch.indexOf(rotated, 777_777),
                    is((777_777 + point) % MILLION));
            assertThat(rotated.probes(), atMost(42, "probes", "is the element that was found read once more?"));
        }
    }

    @Test
    @DisplayName("duplicates between a first and a last element that differ cost nothing")
    void harmlessDuplicates() {
        CountingIntSequence twoValues = CountingIntSequence.virtual(MILLION, index -> index < 700_000 ? 9 : 5);
        assertThat(
                "rotation point of 700,000 nines and 300,000 fives",
                RotatedSearch.rotationPoint(twoValues),
                is(700_000));
        assertThat(
                twoValues.probes(),
                atMost(22, "probes", "the first and the last differ: does it step back all the same?"));
    }

    @Test
    @DisplayName("2,147,483,647 elements")
    void longest() {
        int longest = Integer.MAX_VALUE;
        int point = 2_000_000_000;
        CountingIntSequence rotated = CountingIntSequence.virtual(
                longest, index -> index < point ? index + (longest - point) : index - point);
        assertThat("rotation point", RotatedSearch.rotationPoint(rotated), is(point));
        assertThat("index of the largest", RotatedSearch.indexOf(rotated, longest - 1), is(point - 1));
        assertThat("index of 1", RotatedSearch.indexOf(rotated, 1), is(point + 1));
    }

    @Test
    @DisplayName("random sequences, rotated at random, agree with a search that looks at every element")
    void randomSequences() {
        Seeds.check(300, random -> {
            int length = 1 + random.nextInt(30);
            int[] sorted =
                    random.ints(length, 0, 1 + random.nextInt(30)).sorted().toArray();
            int[] rotated = rotate(sorted, random.nextInt(length));
            int point = 0;
            for (int i = 1; i < length; i++) {
                point = rotated[i - 1] > rotated[i] ? i : point;
            }
            assertRotationPoint(point, rotated);
            int target = random.nextInt(32) - 1;
            int found = RotatedSearch.indexOf(IntSequence.of(rotated), target);
            boolean present = Arrays.stream(rotated).anyMatch(value -> value == target);
            assertThat(
                    "index of " + target + " in " + Arrays.toString(rotated) + ", " + found + ", has it",
                    found >= 0 && rotated[found] == target,
                    is(present));
        });
    }
}

package storagelab.grader.hidden.lab02;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.StoreMatchers.atMost;

import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.bounds.RotatedSearch;
import storagelab.testkit.CountingIntSequence;
import storagelab.testkit.Seeds;

/** Exercise 2.3: rotation point and search of a rotated sequence. */
@Tag("2.3")
class RotatedSearchHiddenTest {
    private static final int LONGEST = Integer.MAX_VALUE;
    private static final int MILLION = 1_000_000;
    private static final String LOGARITHMIC =
            "the first and the last differ, so halving is enough; is an element read twice, or passed one by one?";
    private static final String LINEAR_IN_EQUALS =
            "only elements that equal the first and the last may cost a probe each, all others are halved";

    @Test
    @DisplayName("every rotation of every sequence of up to six small numbers has its rotation point found")
    void everyRotationPoint() {
        forEveryRotation(6, 4, RotatedSearchHiddenTest::assertRotationPoint);
    }

    @Test
    @DisplayName("in every rotation of every sequence of up to six small numbers each number is found, and no other")
    void everyIndex() {
        forEveryRotation(6, 4, rotated -> {
            for (int target = -1; target <= 4; target++) {
                assertIndexOf(rotated, target);
            }
        });
    }

    @Test
    @DisplayName("different elements: ⌈log₂(n+1)⌉ + 2 probes for the rotation point, 2·⌈log₂(n+1)⌉ + 2 for an index")
    void distinctElements() {
        for (int length = 1; length <= 40; length++) {
            for (int point = 0; point < length; point++) {
                int[] rotated = new int[length];
                for (int i = 0; i < length; i++) {
                    rotated[(i + point) % length] = 10 * i;
                }
                assertRotationPoint(rotated);
                for (int i = 0; i < length; i++) {
                    assertIndexOf(rotated, 10 * i);
                    assertIndexOf(rotated, 10 * i + 5);
                }
            }
        }
    }

    @Test
    @DisplayName("equal elements cost no more than different ones, if the first and the last differ")
    void harmlessDuplicates() {
        for (int point : new int[] {1000, 3000, 250_000, 499_000, 500_000, 777_000, 999_000}) {
            CountingIntSequence rotated = CountingIntSequence.virtual(
                    MILLION, index -> (index < point ? index + MILLION - point : index - point) / 1000);
            String input = "0 to 999, each a thousand times, rotated by " + point;
            assertThat("rotation point of " + input, RotatedSearch.rotationPoint(rotated), is(point));
            assertThat(input, rotated.probes(), atMost(22, "probes", LOGARITHMIC));
            for (int target : new int[] {-1, 0, 1, 500, 998, 999, 1000}) {
                rotated.reset();
                int found = RotatedSearch.indexOf(rotated, target);
                assertThat(target + " in " + input, rotated.probes(), atMost(42, "probes", LOGARITHMIC));
                boolean right = target < 0 || target > 999 ? found == -1 : found >= 0 && rotated.get(found) == target;
                assertThat(target + " in " + input + ": index " + found + " is right", right, is(true));
            }
        }
    }

    @Test
    @DisplayName("if the first and the last are equal, only their equals cost a probe each")
    void forcedDuplicates() {
        for (int equalsBehind : new int[] {1, 2, 10, 100, 1000}) {
            int length = 100_000;
            int equalsBefore = 3;
            int point = 60_000;
            // 50000 (3 times), ascending to the rotation point; 0, ascending to below 50000; 50000 (equalsBehind
            // times).
            CountingIntSequence rotated = CountingIntSequence.virtual(
                    length,
                    index -> index < equalsBefore || index >= length - equalsBehind
                            ? 50_000
                            : index < point ? 50_000 + index : index - point);
            String input = "50000 three times, …, 109999, 0, …, 50000 " + equalsBehind + " times";
            int equals = equalsBefore + equalsBehind;
            assertThat("rotation point of " + input, RotatedSearch.rotationPoint(rotated), is(point));
            assertThat(input, rotated.probes(), atMost(17 + 2 + equals, "probes", LINEAR_IN_EQUALS));
            for (int target : new int[] {0, 1234, 50_000, 50_001, 70_000, 109_999, 110_000, -1}) {
                rotated.reset();
                int found = RotatedSearch.indexOf(rotated, target);
                assertThat(
                        target + " in " + input,
                        rotated.probes(),
                        atMost(2 * 17 + 2 + equals, "probes", LINEAR_IN_EQUALS));
                boolean present = target >= 0 && target < length - equalsBehind - point
                        || target == 50_000
                        || target >= 50_000 + equalsBefore && target < 50_000 + point;
                boolean right = present ? found >= 0 && rotated.get(found) == target : found == -1;
                assertThat(target + " in " + input + ": index " + found + " is right", right, is(true));
            }
        }
    }

    @Test
    @DisplayName("one smaller or greater element among equal ones is found, wherever it is")
    void needle() {
        for (int length = 1; length <= 40; length++) {
            for (int place = 0; place < length; place++) {
                for (int needle : new int[] {0, 9}) {
                    int[] rotated = new int[length];
                    Arrays.fill(rotated, 5);
                    rotated[place] = needle;
                    assertRotationPoint(rotated);
                    assertIndexOf(rotated, needle);
                    assertIndexOf(rotated, 5);
                    assertIndexOf(rotated, 7);
                }
            }
        }
    }

    @Test
    @DisplayName("nothing overflows in a sequence of 2147483647 elements, rotated anywhere")
    void longest() {
        for (int point : new int[] {0, 1, 1 << 30, 1_500_000_000, 2_000_000_000, LONGEST - 1}) {
            CountingIntSequence rotated = CountingIntSequence.virtual(
                    LONGEST, index -> index < point ? index + (LONGEST - point) : index - point);
            String input = "0 to 2147483646, rotated by " + point;
            assertThat("rotation point of " + input, RotatedSearch.rotationPoint(rotated), is(point));
            assertThat(input, rotated.probes(), atMost(33, "probes", LOGARITHMIC));
            for (int target : new int[] {0, 1, 1 << 30, 2_000_000_000, LONGEST - 1}) {
                rotated.reset();
                int index = target < LONGEST - point ? target + point : target - (LONGEST - point);
                assertThat(target + " in " + input, RotatedSearch.indexOf(rotated, target), is(index));
                assertThat(target + " in " + input, rotated.probes(), atMost(64, "probes", LOGARITHMIC));
            }
            assertThat("-1 in " + input, RotatedSearch.indexOf(rotated, -1), is(-1));
            assertThat("2147483647 in " + input, RotatedSearch.indexOf(rotated, LONGEST), is(-1));
        }
    }

    @Test
    @DisplayName("numbers far apart compare right: −2³¹, 2³¹−1 and those around zero")
    void extremeValues() {
        int[] sorted = {Integer.MIN_VALUE, -2_000_000_000, -1, 0, 1, 2_000_000_000, Integer.MAX_VALUE};
        for (int point = 0; point < sorted.length; point++) {
            int[] rotated = rotate(sorted, point);
            assertRotationPoint(rotated);
            for (int target : sorted) {
                assertIndexOf(rotated, target);
            }
            assertIndexOf(rotated, Integer.MIN_VALUE + 1);
            assertIndexOf(rotated, Integer.MAX_VALUE - 1);
        }
    }

    @Test
    @DisplayName("random sequences, rotated at random, with many and with few duplicates")
    void randomSequences() {
        Seeds.check(500, random -> {
            int length = 1 + random.nextInt(100);
            int bound = 1 + random.nextInt(200);
            int[] rotated = rotate(random.ints(length, 0, bound).sorted().toArray(), random.nextInt(length));
            assertRotationPoint(rotated);
            assertIndexOf(rotated, random.nextInt(bound));
            assertIndexOf(rotated, rotated[random.nextInt(length)]);
        });
    }

    /** Every rotation of every ascending sequence of 1 to {@code lengthMax} numbers from 0 to {@code values} − 1. */
    private static void forEveryRotation(int lengthMax, int values, Consumer<int[]> check) {
        for (int length = 1; length <= lengthMax; length++) {
            int count = (int) Math.pow(values, length);
            for (int code = 0; code < count; code++) {
                int[] digits = new int[length];
                int rest = code;
                for (int i = 0; i < length; i++) {
                    digits[i] = rest % values;
                    rest /= values;
                }
                if (falls(digits) == 0) {
                    for (int point = 0; point < length; point++) {
                        check.accept(rotate(digits, point));
                    }
                }
            }
        }
    }

    private static int[] rotate(int[] sorted, int point) {
        int[] rotated = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            rotated[(i + point) % sorted.length] = sorted[i];
        }
        return rotated;
    }

    /** The index of the element that is smaller than the one before it, or 0. */
    private static int falls(int[] numbers) {
        for (int i = 1; i < numbers.length; i++) {
            if (numbers[i - 1] > numbers[i]) {
                return i;
            }
        }
        return 0;
    }

    private static void assertRotationPoint(int[] rotated) {
        CountingIntSequence sequence = CountingIntSequence.of(rotated);
        String input = "rotation point of " + Arrays.toString(rotated);
        assertThat(input, RotatedSearch.rotationPoint(sequence), is(falls(rotated)));
        assertThat(
                input,
                sequence.probes(),
                atMost(bits(rotated.length) + 2 + forced(rotated), "probes", advice(rotated)));
    }

    private static void assertIndexOf(int[] rotated, int target) {
        CountingIntSequence sequence = CountingIntSequence.of(rotated);
        String input = target + " in " + Arrays.toString(rotated);
        int found = RotatedSearch.indexOf(sequence, target);
        if (Arrays.stream(rotated).anyMatch(value -> value == target)) {
            assertThat(input + ": it is there, and the index is one", found >= 0 && found < rotated.length, is(true));
            assertThat(input + ": the element at the index " + found, rotated[found], is(target));
        } else {
            assertThat(input, found, is(-1));
        }
        assertThat(
                input,
                sequence.probes(),
                atMost(2 * bits(rotated.length) + 2 + forced(rotated), "probes", advice(rotated)));
    }

    /** How many elements equal the first, if the last does, too. */
    private static long forced(int[] rotated) {
        if (rotated.length == 0 || rotated[0] != rotated[rotated.length - 1]) {
            return 0;
        }
        return Arrays.stream(rotated).filter(value -> value == rotated[0]).count();
    }

    private static String advice(int[] rotated) {
        return forced(rotated) == 0 ? LOGARITHMIC : LINEAR_IN_EQUALS;
    }

    /** ⌈log₂(n+1)⌉: the number of bits of n. */
    private static int bits(int length) {
        return 32 - Integer.numberOfLeadingZeros(length);
    }
}

package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.StoreMatchers.atMost;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.search.BinarySearch;
import storagelab.testkit.CountingIntSequence;
import storagelab.testkit.CountingList;
import storagelab.testkit.Seeds;

/** Exercise 1.1: binary search of a sequence and of a list. */
@Tag("1.1")
class BinarySearchHiddenTest {
    private static final int LONGEST = Integer.MAX_VALUE;
    private static final String PROBE_ADVICE = "look at each element once, and halve what is left";

    /** A version is ordered by its number alone, and equal to itself only. */
    private static final class Version implements Comparable<Version> {
        private final int number;
        private final AtomicInteger comparisons;

        Version(int number) {
            this(number, new AtomicInteger());
        }

        Version(int number, AtomicInteger comparisons) {
            this.number = number;
            this.comparisons = comparisons;
        }

        @Override
        public int compareTo(Version other) {
            comparisons.incrementAndGet();
            return Integer.compare(number, other.number);
        }
    }

    @Test
    @DisplayName("an empty sequence and an empty list hold nothing")
    void empty() {
        assertEquals(-1, BinarySearch.indexOf(CountingIntSequence.of(), 5), "5 in an empty sequence");
        assertEquals(-1, BinarySearch.indexOf(List.<Slice>of(), Slice.utf8("a")), "a in an empty list");
    }

    @Test
    @DisplayName("one element is found; below it and above it nothing is")
    void oneElement() {
        CountingIntSequence seven = CountingIntSequence.of(7);
        assertEquals(0, BinarySearch.indexOf(seven, 7), "7 in [7]");
        assertEquals(-1, BinarySearch.indexOf(seven, 6), "6 in [7]");
        assertEquals(-1, BinarySearch.indexOf(seven, 8), "8 in [7]");
        assertEquals(0, BinarySearch.indexOf(List.of(7), 7), "7 in the list [7]");
        assertEquals(-1, BinarySearch.indexOf(List.of(7), 6), "6 in the list [7]");
        assertEquals(-1, BinarySearch.indexOf(List.of(7), 8), "8 in the list [7]");
    }

    @Test
    @DisplayName("every element is found and every gap is not, in sequences of 0 to 130 elements")
    void everyPositionOfEveryShortSequence() {
        for (int length = 0; length <= 130; length++) {
            int[] odd = IntStream.range(0, length).map(i -> 2 * i + 1).toArray();
            CountingIntSequence sequence = CountingIntSequence.of(odd);
            for (int target = 0; target <= 2 * length; target++) {
                int expected = target % 2 == 1 ? target / 2 : -1;
                assertEquals(
                        expected,
                        BinarySearch.indexOf(sequence, target),
                        target + " in the first " + length + " odd numbers");
            }
        }
    }

    @Test
    @DisplayName("every element is found and every gap is not, in lists of 0 to 130 elements")
    void everyPositionOfEveryShortList() {
        for (int length = 0; length <= 130; length++) {
            List<Integer> odd =
                    IntStream.range(0, length).mapToObj(i -> 2 * i + 1).toList();
            for (int target = 0; target <= 2 * length; target++) {
                int expected = target % 2 == 1 ? target / 2 : -1;
                assertEquals(
                        expected,
                        BinarySearch.indexOf(odd, Integer.valueOf(target)),
                        target + " in a list of the first " + length + " odd numbers");
            }
        }
    }

    @Test
    @DisplayName("a sequence asks for at most floor(log2 n) + 1 elements, whatever is searched")
    void probesOfASequence() {
        for (int length = 1; length <= 300; length++) {
            CountingIntSequence sequence = CountingIntSequence.virtual(length, i -> 2 * i + 1);
            for (int target = 0; target <= 2 * length; target++) {
                sequence.reset();
                BinarySearch.indexOf(sequence, target);
                assertThat(
                        "searching " + target + " among the first " + length + " odd numbers",
                        sequence.probes(),
                        atMost(probesMax(length), "probes", PROBE_ADVICE));
            }
        }
    }

    @Test
    @DisplayName("a list is asked for at most floor(log2 n) + 1 elements, whatever is searched")
    void probesOfAList() {
        for (int length : new int[] {1, 2, 3, 4, 7, 8, 9, 100, 1023, 1024, 1025}) {
            CountingList<Integer> list = new CountingList<>(
                    IntStream.range(0, length).mapToObj(i -> 2 * i + 1).toList());
            for (int target = 0; target <= 2 * length; target++) {
                list.reset();
                BinarySearch.indexOf(list, Integer.valueOf(target));
                assertThat(
                        "searching " + target + " in a list of the first " + length + " odd numbers",
                        list.probes(),
                        atMost(probesMax(length), "probes", PROBE_ADVICE));
            }
        }
    }

    @Test
    @DisplayName("nothing overflows in a sequence of 2147483647 elements")
    void longestSequence() {
        CountingIntSequence numbers = CountingIntSequence.virtual(LONGEST, i -> i);
        for (int target : new int[] {
            0,
            1,
            2,
            LONGEST / 2 - 1,
            LONGEST / 2,
            LONGEST / 2 + 1,
            1_500_000_000,
            2_000_000_001,
            LONGEST - 2,
            LONGEST - 1
        }) {
            numbers.reset();
            assertEquals(target, BinarySearch.indexOf(numbers, target), target + " among the numbers 0 to 2147483646");
            assertThat("searching " + target, numbers.probes(), atMost(31, "probes", PROBE_ADVICE));
        }
        assertEquals(-1, BinarySearch.indexOf(numbers, -1), "-1 among the numbers 0 to 2147483646");
        assertEquals(-1, BinarySearch.indexOf(numbers, LONGEST), "2147483647 among the numbers 0 to 2147483646");
    }

    @Test
    @DisplayName("gaps in a sequence of 2147483647 elements are not found, in 31 probes")
    void gapsOfTheLongestSequence() {
        CountingIntSequence withGap = CountingIntSequence.virtual(LONGEST, i -> i < 2_000_000_000 ? i - 1 : i + 1);
        for (int gap : new int[] {1_999_999_999, 2_000_000_000}) {
            withGap.reset();
            assertEquals(-1, BinarySearch.indexOf(withGap, gap), gap + " where the sequence leaves it out");
            assertThat("searching " + gap, withGap.probes(), atMost(31, "probes", PROBE_ADVICE));
        }
        assertEquals(
                1_999_999_999,
                BinarySearch.indexOf(withGap, 1_999_999_998),
                "1999999998 in a sequence that leaves out 1999999999 and 2000000000");
        assertEquals(
                2_000_000_000,
                BinarySearch.indexOf(withGap, 2_000_000_001),
                "2000000001 in a sequence that leaves out 1999999999 and 2000000000");
    }

    @Test
    @DisplayName("numbers far apart compare right: the smallest and the largest int, and those around zero")
    void extremeValues() {
        int[] extremes = {Integer.MIN_VALUE, -2_000_000_000, -1, 0, 1, 2_000_000_000, Integer.MAX_VALUE};
        CountingIntSequence sequence = CountingIntSequence.of(extremes);
        for (int i = 0; i < extremes.length; i++) {
            assertEquals(
                    i, BinarySearch.indexOf(sequence, extremes[i]), extremes[i] + " in " + Arrays.toString(extremes));
        }
        for (int absent : new int[] {Integer.MIN_VALUE + 1, -3, 2, Integer.MAX_VALUE - 1}) {
            assertEquals(-1, BinarySearch.indexOf(sequence, absent), absent + " in " + Arrays.toString(extremes));
        }
    }

    @Test
    @DisplayName("of equal elements any one may be returned, but one of them is")
    void duplicates() {
        for (int count = 1; count <= 20; count++) {
            int[] numbers = new int[count + 4];
            Arrays.fill(numbers, 2, count + 2, 5);
            numbers[count + 2] = 8;
            numbers[count + 3] = 9;
            int found = BinarySearch.indexOf(CountingIntSequence.of(numbers), 5);
            assertTrue(
                    found >= 2 && found < count + 2,
                    "5 in " + Arrays.toString(numbers) + ": index " + found + " is not one of its places");
            List<Integer> list = Arrays.stream(numbers).boxed().toList();
            int foundInList = BinarySearch.indexOf(list, 5);
            assertTrue(
                    foundInList >= 2 && foundInList < count + 2,
                    "5 in the list " + list + ": index " + foundInList + " is not one of its places");
        }
    }

    @Test
    @DisplayName("a list of slices is searched in the order of unsigned bytes")
    void slices() {
        List<Slice> sorted = List.of(
                Slice.EMPTY,
                Slice.copyOf((byte) 0),
                Slice.utf8("a"),
                Slice.utf8("aa"),
                Slice.utf8("b"),
                Slice.copyOf((byte) 0x7f),
                Slice.copyOf((byte) 0x80),
                Slice.copyOf((byte) 0xff),
                Slice.copyOf((byte) 0xff, (byte) 0));
        for (int i = 0; i < sorted.size(); i++) {
            Slice copy = Slice.copyOf(sorted.get(i).toByteArray());
            assertEquals(i, BinarySearch.indexOf(sorted, copy), copy + " in " + sorted);
        }
        assertEquals(-1, BinarySearch.indexOf(sorted, Slice.copyOf((byte) 0xfe)), "0xfe in " + sorted);
        assertEquals(-1, BinarySearch.indexOf(sorted, Slice.utf8("ab")), "ab in " + sorted);
    }

    @Test
    @DisplayName("in a list compareTo alone decides what is the same, not equals and not identity")
    void compareToDecides() {
        List<Version> versions = IntStream.range(0, 2000).mapToObj(Version::new).toList();
        for (int number : new int[] {0, 1, 127, 128, 999, 1000, 1999}) {
            assertEquals(
                    number,
                    BinarySearch.indexOf(versions, new Version(number)),
                    "an object that compares as 0 with element " + number);
        }
        List<Integer> large = IntStream.range(1_000_000, 1_000_100).boxed().toList();
        assertEquals(50, BinarySearch.indexOf(large, Integer.valueOf(1_000_050)), "an Integer that is another object");
    }

    @Test
    @DisplayName("a search of a list compares each element that it looks at once")
    void comparisonsOfAList() {
        for (int count : new int[] {0, 1, 2, 3, 6, 7, 100, 1000}) {
            AtomicInteger comparisons = new AtomicInteger();
            List<Version> versions = IntStream.range(0, count)
                    .mapToObj(number -> new Version(number, comparisons))
                    .toList();
            for (int number = 0; number <= count; number++) {
                comparisons.set(0);
                BinarySearch.indexOf(versions, new Version(number, comparisons));
                assertThat(
                        "searching number " + number + " in a list of the numbers from 0 to " + (count - 1),
                        comparisons.longValue(),
                        atMost(
                                probesMax(count),
                                "calls of compareTo",
                                "compare each element once and keep the result"));
            }
        }
    }

    @Test
    @DisplayName("the search of a sequence that is not sorted ends")
    void unsortedSequences() {
        Seeds.check(200, random -> {
            int[] unsorted = random.ints(1 + random.nextInt(50), 0, 100).toArray();
            // The sequence throws if it is asked for too many elements. What comes back is not defined.
            BinarySearch.indexOf(CountingIntSequence.of(unsorted), random.nextInt(100));
        });
    }

    @Test
    @DisplayName("random sequences agree with a search that looks at every element")
    void randomSequences() {
        Seeds.check(300, random -> {
            int[] sorted = random.ints(random.nextInt(200), -300, 300).sorted().toArray();
            int target = random.nextInt(700) - 350;
            int found = BinarySearch.indexOf(CountingIntSequence.of(sorted), target);
            boolean present = Arrays.stream(sorted).anyMatch(value -> value == target);
            String input = target + " in " + Arrays.toString(sorted);
            if (present) {
                assertTrue(
                        found >= 0 && found < sorted.length, input + ": it is there, and " + found + " was returned");
                assertEquals(target, sorted[found], input + ": the element at the index returned");
            } else {
                assertEquals(-1, found, input);
            }
        });
    }

    private static int probesMax(int length) {
        return 32 - Integer.numberOfLeadingZeros(length);
    }
}

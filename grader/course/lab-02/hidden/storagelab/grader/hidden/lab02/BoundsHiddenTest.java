package storagelab.grader.hidden.lab02;

import static java.util.Comparator.naturalOrder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.StoreMatchers.atMost;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.bounds.Bounds;
import storagelab.bounds.IndexRange;
import storagelab.testkit.CountingIntSequence;
import storagelab.testkit.CountingList;
import storagelab.testkit.Seeds;

/** Exercise 2.1: partition point, lower and upper bound, equal range. */
@Tag("2.1")
class BoundsHiddenTest {
    private static final int LONGEST = Integer.MAX_VALUE;
    private static final String PROBE_ADVICE = "ask once a round and halve what is left, whatever the answer";
    private static final String RANGE_ADVICE = "two bound searches are enough, however many elements are equal";

    /** A version counts how often versions are compared, and has its own idea of how far apart they are. */
    private static final class Version implements Comparable<Version> {
        private static final ThreadLocal<Long> COMPARISONS = ThreadLocal.withInitial(() -> 0L);

        private final int number;

        Version(int number) {
            this.number = number;
        }

        static List<Version> range(int to) {
            return IntStream.range(0, to).mapToObj(Version::new).toList();
        }

        @Override
        public int compareTo(Version other) {
            COMPARISONS.set(COMPARISONS.get() + 1);
            return number == other.number
                    ? 0
                    : number < other.number ? Integer.MIN_VALUE : 1000 + number - other.number;
        }
    }

    @Test
    @DisplayName("the partition point is found at every place of every small length, in ⌈log₂(n+1)⌉ questions")
    void everySmallPartition() {
        for (int length = 0; length <= 130; length++) {
            for (int point = 0; point <= length; point++) {
                Questions questions = new Questions(0, length, point);
                String input = "a length of " + length + ", true for the first " + point;
                assertThat("partition point of " + input, Bounds.partitionPoint(length, questions), is(point));
                assertThat(input, questions.asked(), atMost(questionsMax(length), "questions", PROBE_ADVICE));
            }
        }
    }

    @Test
    @DisplayName("of nothing, nothing is asked")
    void emptyIsNotAsked() {
        assertThat(
                "partition point of a length of 0",
                Bounds.partitionPoint(0, index -> {
                    throw new AssertionError("asked about index " + index + " of a length of 0");
                }),
                is(0));
        assertThat("lower bound of 5 in []", Bounds.lowerBound(CountingIntSequence.of(), 5), is(0));
        assertThat("upper bound of 5 in []", Bounds.upperBound(CountingIntSequence.of(), 5), is(0));
        assertThat("equal range of 5 in []", Bounds.equalRange(CountingIntSequence.of(), 5), is(new IndexRange(0, 0)));
        List<Slice> none = List.of();
        assertThat("lower bound in an empty list", Bounds.lowerBound(none, Slice.EMPTY), is(0));
        assertThat("upper bound in an empty list", Bounds.upperBound(none, Slice.EMPTY), is(0));
        assertThat("equal range in an empty list", Bounds.equalRange(none, Slice.EMPTY), is(new IndexRange(0, 0)));
    }

    @Test
    @DisplayName("nothing overflows in a length of 2147483647, in 31 questions")
    void longestPartition() {
        for (int point : new int[] {
            0, 1, 2, LONGEST / 2 - 1, LONGEST / 2, LONGEST / 2 + 1, 1_500_000_000, 2_000_000_001, LONGEST - 1, LONGEST
        }) {
            Questions questions = new Questions(0, LONGEST, point);
            assertThat(
                    "partition point, true for the first " + point,
                    Bounds.partitionPoint(LONGEST, questions),
                    is(point));
            assertThat("point " + point, questions.asked(), atMost(31, "questions", PROBE_ADVICE));
        }
    }

    @Test
    @DisplayName("a question without a partition point ends, too, with an index from 0 to the length")
    void anyPredicateEnds() {
        Seeds.check(200, random -> {
            int length = random.nextInt(1000);
            long salt = random.nextLong();
            int[] asked = {0};
            int point = Bounds.partitionPoint(length, index -> {
                if (++asked[0] > 10_000) {
                    throw new AssertionError(
                            "asked 10,000 times in a length of " + length + ": the search does not end");
                }
                return Long.bitCount(salt * (index + 1)) % 2 == 0;
            });
            assertThat(point + " is from 0 to " + length, point >= 0 && point <= length, is(true));
        });
    }

    @Test
    @DisplayName("bounds of every target in sequences with duplicates are what counting gives")
    void boundsAreCounts() {
        Seeds.check(300, random -> {
            int[] sorted = random.ints(random.nextInt(80), -15, 15).sorted().toArray();
            for (int target = -16; target <= 15; target++) {
                assertBounds(sorted, target);
            }
        });
    }

    @Test
    @DisplayName("numbers far apart compare right: −2³¹, 2³¹−1 and those around zero, there and absent")
    void extremeValues() {
        int min = Integer.MIN_VALUE;
        int max = Integer.MAX_VALUE;
        for (int[] sorted : new int[][] {
            {min, min, -2_000_000_000, -1, 0, 1, 2_000_000_000, max, max},
            {-2_000_000_000, 2_000_000_000},
            {min},
            {max},
            {min, max}
        }) {
            for (int target : new int[] {min, min + 1, -2_000_000_000, -1, 0, 1, 2_000_000_000, max - 1, max}) {
                assertBounds(sorted, target);
            }
        }
    }

    @Test
    @DisplayName("no bound of a sequence reads more than ⌈log₂(n+1)⌉ elements, no equal range more than twice as many")
    void probesOfSequences() {
        for (int length = 0; length <= 130; length++) {
            CountingIntSequence pairs = CountingIntSequence.virtual(length, index -> index / 2 * 2);
            for (int target = -1; target <= length; target++) {
                String input = target + " in the first " + length + " of 0, 0, 2, 2, 4, 4, …";
                pairs.reset();
                Bounds.lowerBound(pairs, target);
                assertThat(
                        "lower bound of " + input,
                        pairs.probes(),
                        atMost(questionsMax(length), "probes", PROBE_ADVICE));
                pairs.reset();
                Bounds.upperBound(pairs, target);
                assertThat(
                        "upper bound of " + input,
                        pairs.probes(),
                        atMost(questionsMax(length), "probes", PROBE_ADVICE));
                pairs.reset();
                Bounds.equalRange(pairs, target);
                assertThat(
                        "equal range of " + input,
                        pairs.probes(),
                        atMost(2 * questionsMax(length), "probes", RANGE_ADVICE));
            }
        }
    }

    @Test
    @DisplayName("a million equal elements are one range, found in 40 probes")
    void allEqual() {
        CountingIntSequence sevens = CountingIntSequence.virtual(1_000_000, index -> 7);
        assertThat("of 7 in a million sevens", Bounds.equalRange(sevens, 7), is(new IndexRange(0, 1_000_000)));
        assertThat("of 7 in a million sevens", sevens.probes(), atMost(40, "probes", RANGE_ADVICE));
        CountingList<Integer> list = new CountingList<>(Collections.nCopies(1000, 7));
        assertThat("of 7 in a list of 1,000 sevens", Bounds.equalRange(list, 7), is(new IndexRange(0, 1000)));
        assertThat("of 7 in a list of 1,000 sevens", list.probes(), atMost(20, "probes", RANGE_ADVICE));
    }

    @Test
    @DisplayName("a sequence of 2147483647 elements, each three times, has its bounds in 31 probes")
    void longestSequence() {
        CountingIntSequence triples = CountingIntSequence.virtual(LONGEST, index -> index / 3);
        int largest = (LONGEST - 1) / 3;
        for (int target : new int[] {0, 1, largest / 2, 400_000_000, 500_000_000, 700_000_000, largest - 1, largest}) {
            triples.reset();
            int end = target == largest ? LONGEST : 3 * target + 3;
            String input = " of " + target + " in 0, 0, 0, 1, 1, 1, … " + largest;
            assertThat("lower bound" + input, Bounds.lowerBound(triples, target), is(3 * target));
            assertThat("lower bound" + input, triples.probes(), atMost(31, "probes", PROBE_ADVICE));
            triples.reset();
            assertThat("upper bound" + input, Bounds.upperBound(triples, target), is(end));
            assertThat("upper bound" + input, triples.probes(), atMost(31, "probes", PROBE_ADVICE));
            assertThat("equal range" + input, Bounds.equalRange(triples, target), is(new IndexRange(3 * target, end)));
        }
        assertThat("lower bound behind the largest", Bounds.lowerBound(triples, LONGEST), is(LONGEST));
        assertThat("upper bound before the smallest", Bounds.upperBound(triples, -1), is(0));
    }

    @Test
    @DisplayName("what is absent has an empty range, at the place where it would be inserted")
    void absent() {
        int[] sorted = {10, 20, 20, 30};
        int[] targets = {5, 15, 25, 35};
        int[] places = {0, 1, 3, 4};
        List<Integer> list = List.of(10, 20, 20, 30);
        for (int i = 0; i < targets.length; i++) {
            IndexRange expected = new IndexRange(places[i], places[i]);
            String input = "equal range of " + targets[i] + " in " + list;
            assertThat(input, Bounds.equalRange(CountingIntSequence.of(sorted), targets[i]), is(expected));
            assertThat(input + " as a list", Bounds.equalRange(list, targets[i]), is(expected));
        }
    }

    @Test
    @DisplayName("lists of slices have their bounds in the order of unsigned bytes")
    void slices() {
        List<Slice> keys = Stream.of(
                        Slice.EMPTY,
                        Slice.copyOf((byte) 0),
                        Slice.utf8("a"),
                        Slice.utf8("a"),
                        Slice.utf8("aa"),
                        Slice.utf8("b"),
                        Slice.copyOf((byte) 0x7f),
                        Slice.copyOf((byte) 0x80),
                        Slice.copyOf((byte) 0x80),
                        Slice.copyOf((byte) 0xff))
                .sorted(naturalOrder())
                .toList();
        List<Slice> targets = List.of(
                Slice.EMPTY,
                Slice.utf8("a"),
                Slice.utf8("ab"),
                Slice.copyOf((byte) 0x80),
                Slice.copyOf((byte) 0xff, (byte) 0));
        int[] lower = {0, 2, 5, 7, 10};
        int[] upper = {1, 4, 5, 9, 10};
        for (int i = 0; i < targets.size(); i++) {
            Slice target = targets.get(i);
            assertThat("lower bound of " + target + " in " + keys, Bounds.lowerBound(keys, target), is(lower[i]));
            assertThat("upper bound of " + target + " in " + keys, Bounds.upperBound(keys, target), is(upper[i]));
            assertThat(
                    "equal range of " + target + " in " + keys,
                    Bounds.equalRange(keys, target),
                    is(new IndexRange(lower[i], upper[i])));
        }
    }

    @Test
    @DisplayName(
            "in a list compareTo alone decides, by its sign and not by its size, once an element that is looked at")
    void compareToDecides() {
        for (int length : new int[] {1, 2, 100, 1000}) {
            CountingList<Version> versions = new CountingList<>(Version.range(length));
            for (int number : new int[] {0, length / 3, length - 1}) {
                String input = "version " + number + " of " + length;
                versions.reset();
                Version.COMPARISONS.set(0L);
                assertThat("lower bound of " + input, Bounds.lowerBound(versions, new Version(number)), is(number));
                assertThat(
                        "lower bound of " + input,
                        versions.probes(),
                        atMost(questionsMax(length), "probes", PROBE_ADVICE));
                assertThat(
                        "lower bound of " + input,
                        Version.COMPARISONS.get(),
                        atMost(questionsMax(length), "comparisons", "one comparison says all"));
                versions.reset();
                Version.COMPARISONS.set(0L);
                assertThat("upper bound of " + input, Bounds.upperBound(versions, new Version(number)), is(number + 1));
                assertThat(
                        "upper bound of " + input,
                        versions.probes(),
                        atMost(questionsMax(length), "probes", PROBE_ADVICE));
                assertThat(
                        "upper bound of " + input,
                        Version.COMPARISONS.get(),
                        atMost(questionsMax(length), "comparisons", "one comparison says all"));
            }
        }
    }

    private static void assertBounds(int[] sorted, int target) {
        String input = " of " + target + " in " + Arrays.toString(sorted);
        int lower = (int) Arrays.stream(sorted).filter(value -> value < target).count();
        int upper = (int) Arrays.stream(sorted).filter(value -> value <= target).count();
        CountingIntSequence sequence = CountingIntSequence.of(sorted);
        assertThat("lower bound" + input, Bounds.lowerBound(sequence, target), is(lower));
        assertThat("upper bound" + input, Bounds.upperBound(sequence, target), is(upper));
        assertThat("equal range" + input, Bounds.equalRange(sequence, target), is(new IndexRange(lower, upper)));
        List<Integer> list = Arrays.stream(sorted).boxed().toList();
        assertThat("lower bound, in a list," + input, Bounds.lowerBound(list, target), is(lower));
        assertThat("upper bound, in a list," + input, Bounds.upperBound(list, target), is(upper));
        assertThat(
                "equal range, in a list," + input, Bounds.equalRange(list, target), is(new IndexRange(lower, upper)));
    }

    /** ⌈log₂(n+1)⌉: the number of bits of n. */
    private static int questionsMax(int length) {
        return 32 - Integer.numberOfLeadingZeros(length);
    }
}

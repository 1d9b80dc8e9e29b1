package storagelab.search;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.StoreMatchers.atMost;
import static storagelab.testkit.StoreMatchers.show;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.testkit.CountingIntSequence;
import storagelab.testkit.CountingList;
import storagelab.testkit.StoreMatchers;

@Tag("1.1")
class BinarySearchTest {
    private static final IntSequence LEETCODE = IntSequence.of(-1, 0, 3, 5, 9, 12);
    private static final String IN_LEETCODE = " in [-1, 0, 3, 5, 9, 12]";

    @Test
    @DisplayName("the two examples of LeetCode 704")
    void examples() {
        assertThat("index of 9" + IN_LEETCODE, BinarySearch.indexOf(LEETCODE, 9), is(4));
        assertThat("index of 2" + IN_LEETCODE, BinarySearch.indexOf(LEETCODE, 2), is(-1));
    }

    @Test
    @DisplayName("every element is found where it is; nothing is found before the first or after the last")
    void firstToLast() {
        for (int i = 0; i < LEETCODE.length(); i++) {
            assertThat(
                    "index of " + LEETCODE.get(i) + IN_LEETCODE,
                    BinarySearch.indexOf(LEETCODE, LEETCODE.get(i)),
                    is(i));
        }
        assertThat("index of −2³¹" + IN_LEETCODE, BinarySearch.indexOf(LEETCODE, Integer.MIN_VALUE), is(-1));
        assertThat("index of 2³¹−1" + IN_LEETCODE, BinarySearch.indexOf(LEETCODE, Integer.MAX_VALUE), is(-1));
    }

    @Test
    @DisplayName("nothing is found among no elements, and the one is found among one")
    void noneAndOne() {
        assertThat("index of 7 in []", BinarySearch.indexOf(IntSequence.of(), 7), is(-1));
        assertThat("index of 7 in [7]", BinarySearch.indexOf(IntSequence.of(7), 7), is(0));
        assertThat("index of 6 in [7]", BinarySearch.indexOf(IntSequence.of(7), 6), is(-1));
        assertThat("index of 8 in [7]", BinarySearch.indexOf(IntSequence.of(7), 8), is(-1));
    }

    @Test
    @DisplayName("of several equal elements, any one will do")
    void duplicates() {
        assertThat(
                "index of 4 in [1, 4, 4, 4, 9]",
                BinarySearch.indexOf(IntSequence.of(1, 4, 4, 4, 9), 4),
                anyOf(is(1), is(2), is(3)));
    }

    @Test
    @DisplayName("a million elements take 20 probes at most")
    void probes() {
        CountingIntSequence million = CountingIntSequence.virtual(1_000_000, index -> 2 * index);
        for (int target : new int[] {0, 1, 777_777, 1_000_000, 1_999_998, 1_999_999}) {
            million.reset();
            assertThat(
                    "index of " + target + " in [0, 2, 4, … 1999998]",
                    BinarySearch.indexOf(million, target),
                    is(target % 2 == 0 ? target / 2 : -1));
            assertThat(million.probes(), atMost(20, "probes", "is an element read more than once a round?"));
        }
    }

    @Test
    @DisplayName("2,147,483,647 elements: the sum of two indexes does not fit an int")
    void longest() {
        CountingIntSequence longest = CountingIntSequence.virtual(Integer.MAX_VALUE, index -> index);
        for (int target : new int[] {0, 1 << 30, 2_000_000_000, Integer.MAX_VALUE - 1}) {
            assertThat(
                    "index of " + target + " in [0, 1, 2, … 2147483646]",
                    BinarySearch.indexOf(longest, target),
                    is(target));
        }
        assertThat(
                "index of 2147483647 in [0, 1, 2, … 2147483646]",
                BinarySearch.indexOf(longest, Integer.MAX_VALUE),
                is(-1));
    }

    @Test
    @DisplayName("the generic search finds slices, whose order is that of unsigned bytes")
    void slices() {
        List<Slice> sorted = List.of(Slice.EMPTY, Slice.utf8("apple"), Slice.utf8("plum"), Slice.copyOf((byte) 0x80));
        String among = sorted.stream().map(StoreMatchers::show).collect(joining(", ", " in [", "]"));
        for (int i = 0; i < sorted.size(); i++) {
            assertThat("index of " + show(sorted.get(i)) + among, BinarySearch.indexOf(sorted, sorted.get(i)), is(i));
        }
        assertThat("index of \"banana\"" + among, BinarySearch.indexOf(sorted, Slice.utf8("banana")), is(-1));
    }

    @Test
    @DisplayName("the generic search, too, halves: 1,000 elements take 10 probes at most")
    void genericProbes() {
        CountingList<Integer> thousand =
                new CountingList<>(IntStream.range(0, 1000).boxed().toList());
        assertThat("index of 998 in [0, 1, 2, … 999]", BinarySearch.indexOf(thousand, 998), is(998));
        assertThat(thousand.probes(), atMost(10, "probes", "is the list copied or walked through?"));
    }
}

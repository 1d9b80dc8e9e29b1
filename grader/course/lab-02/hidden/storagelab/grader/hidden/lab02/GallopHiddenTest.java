package storagelab.grader.hidden.lab02;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.atMost;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.bounds.Bounds;
import storagelab.testkit.Seeds;

/** Exercise 2.2: a search that gallops from a position. */
@Tag("2.2")
class GallopHiddenTest {
    private static final int LONGEST = Integer.MAX_VALUE;
    private static final String ADVICE =
            "strides double from where it begins, and only what lies between the last two places is searched";

    @Test
    @DisplayName("from every index of every small length to every answer, in 2·⌈log₂(d+1)⌉ + 2 questions")
    void everySmallDistance() {
        for (int length = 0; length <= 70; length++) {
            for (int from = 0; from <= length; from++) {
                for (int answer = from; answer <= length; answer++) {
                    assertGallop(from, length, answer);
                }
            }
        }
    }

    @Test
    @DisplayName("an answer that is near costs by its distance, with 2147483647 elements behind it")
    void nearAnswers() {
        for (int from : new int[] {0, 1, 12_345, 1 << 30, 2_000_000_000}) {
            for (int distance : new int[] {0, 1, 2, 3, 4, 7, 8, 15, 16, 100, 1000, 65_535, 65_536, 1_000_000}) {
                assertGallop(from, LONGEST, from + distance);
            }
        }
    }

    @Test
    @DisplayName("nothing overflows on the way to the end of 2147483647 elements")
    void farAnswers() {
        for (int from :
                new int[] {0, 1, 2, 1 << 29, (1 << 30) - 1, 1 << 30, (1 << 30) + 1, 2_000_000_000, LONGEST - 2}) {
            for (int answer : new int[] {LONGEST, LONGEST - 1, LONGEST - 2}) {
                assertGallop(from, LONGEST, answer);
            }
            assertGallop(from, LONGEST, from + (LONGEST - from) / 2);
            assertGallop(from, LONGEST, from + (LONGEST - from) / 2 + 1);
        }
        assertGallop(LONGEST - 1, LONGEST, LONGEST - 1);
        assertGallop(LONGEST - 1, LONGEST, LONGEST);
    }

    @Test
    @DisplayName("at the end nothing is asked")
    void atTheEnd() {
        for (int length : new int[] {0, 1, 10, LONGEST}) {
            Questions questions = new Questions(length, length, length);
            assertThat("from " + length + " of " + length, Bounds.gallop(length, length, questions), is(length));
        }
    }

    @Test
    @DisplayName("what lies before the start is not asked about, and does not change the answer")
    void nothingBeforeTheStart() {
        for (int from = 0; from <= 20; from++) {
            Questions questions = new Questions(from, 20, 0);
            assertThat(
                    "from " + from + " of 20, true nowhere: the start itself",
                    Bounds.gallop(from, 20, questions),
                    is(from));
        }
    }

    @Test
    @DisplayName("a start below 0 or behind the end is refused")
    void startOutside() {
        for (int[] input :
                new int[][] {{-1, 5}, {6, 5}, {1, 0}, {Integer.MIN_VALUE, 5}, {LONGEST, LONGEST - 1}, {0, -1}}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Bounds.gallop(input[0], input[1], index -> false),
                    "from " + input[0] + " in a length of " + input[1]);
        }
    }

    @Test
    @DisplayName("random starts, lengths and distances")
    void randomDistances() {
        Seeds.check(2000, random -> {
            int length = random.nextInt() >>> (1 + random.nextInt(31));
            int from = length == 0 ? 0 : random.nextInt(length);
            int distance = Math.min(length - from, random.nextInt() >>> (1 + random.nextInt(31)));
            assertGallop(from, length, from + distance);
        });
    }

    private static void assertGallop(int from, int length, int answer) {
        Questions questions = new Questions(from, length, answer);
        String input = "from " + from + " of " + length + " over a distance of " + (answer - from);
        assertThat(input, Bounds.gallop(from, length, questions), is(answer));
        // ⌈log₂(d+1)⌉ is the number of bits of d.
        int questionsMax = 2 * (32 - Integer.numberOfLeadingZeros(answer - from)) + 2;
        assertThat(input, questions.asked(), atMost(questionsMax, "questions", ADVICE));
    }
}

package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.hybrid.MoveBudget;
import storagelab.testkit.Seeds;

/** Exercise 7.6: how many bytes may be moved. */
@Tag("7.6")
class MoveBudgetHiddenTest {
    private static final Duration PERIOD = Duration.ofSeconds(8);

    private final MoveBudget budget = new MoveBudget(4_000, PERIOD, 1_000_000);

    @Test
    @DisplayName("the bucket is full at first, is filled up evenly, and never has more than it holds")
    void fills() {
        assertEquals(4_000.0, budget.left(1_000_000), "left at first");
        assertTrue(budget.take(4_000, 1_000_000), "all bytes were refused");
        assertEquals(0.0, budget.left(1_000_000), "left when all were taken");
        assertEquals(500.0, budget.left(1_001_000), "left after a second");
        assertEquals(500.0, budget.left(1_001_000), "left when asked again");
        assertEquals(4_000.0, budget.left(1_008_000), "left after a period");
        assertEquals(4_000.0, budget.left(9_999_999), "left after a long time");
    }

    @Test
    @DisplayName("what is not there is refused, and nothing is taken then")
    void refused() {
        assertTrue(budget.take(3_000, 1_000_000), "3,000 of 4,000 bytes were refused");
        assertFalse(budget.take(1_001, 1_000_000), "1,001 of 1,000 bytes were taken");
        assertEquals(1_000.0, budget.left(1_000_000), "left after a move that was refused");
        assertTrue(budget.take(1_000, 1_000_000), "1,000 of 1,000 bytes were refused");
        assertTrue(budget.take(0, 1_000_000), "a move of no bytes was refused");
        assertEquals(250.0, budget.left(1_000_500), "left after half a second");
        assertTrue(budget.take(250, 1_000_500), "what was filled up was refused");
        assertEquals(250.0, budget.left(1_001_000), "left half a second later");
    }

    @Test
    @DisplayName("a move that is larger than the bucket waits until it is full, and is paid for afterwards")
    void large() {
        assertTrue(budget.take(1, 1_000_000), "a byte of a full bucket was refused");
        assertFalse(budget.take(10_000, 1_000_001), "10,000 bytes were taken from a bucket that was not full");
        assertTrue(budget.take(10_000, 1_000_002), "10,000 bytes were refused by a full bucket");
        assertEquals(-6_000.0, budget.left(1_000_002), "left");
        assertFalse(budget.take(1, 1_012_002), "a byte was taken from a bucket of nothing");
        assertTrue(budget.take(1, 1_012_004), "a byte was refused when it was there again");
    }

    @Test
    @DisplayName("over a long time, no more is moved than the budget of that time and one bucket, and one large move")
    void overTime() {
        SplittableRandom random = new SplittableRandom(Seeds.base());
        long now = 1_000_000;
        long moved = 0;
        for (int i = 0; i < 10_000; i++) {
            now += random.nextInt(500);
            long bytes = random.nextInt(9_000);
            moved += budget.take(bytes, now) ? bytes : 0;
            double allowed = 4_000 + (now - 1_000_000) * 0.5 + 9_000;
            assertTrue(moved <= allowed, moved + " bytes moved, of " + allowed + ", seed " + Seeds.base());
        }
        assertTrue(moved >= (now - 1_000_000) * 0.4, "only " + moved + " bytes moved in " + (now - 1_000_000) + " ms");
    }
}

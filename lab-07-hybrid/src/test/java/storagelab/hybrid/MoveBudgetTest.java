package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("7.6")
class MoveBudgetTest {
    @Test
    @DisplayName("the example: 1,000 bytes in ten seconds")
    void example() {
        MoveBudget budget = new MoveBudget(1_000, Duration.ofSeconds(10), 50_000);
        assertThat("600 of 1,000", budget.take(600, 50_000), is(true));
        assertThat("left", budget.left(50_000), is(400.0));
        assertThat("500 before one second", budget.take(500, 50_999), is(false));
        assertThat("left after one second", budget.left(51_000), is(500.0));
        assertThat("2,500 before the bucket is full", budget.take(2_500, 55_999), is(false));
        assertThat("2,500 into the full bucket", budget.take(2_500, 56_000), is(true));
        assertThat("left", budget.left(56_000), is(-1_500.0));
        assertThat("15 seconds later", budget.left(71_000), is(0.0));
        assertThat("a byte after them", budget.take(1, 71_010), is(true));
        assertThat("a day later the bucket is full, no more", budget.left(86_400_000), is(1_000.0));
    }
}

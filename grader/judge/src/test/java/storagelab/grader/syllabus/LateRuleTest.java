package storagelab.grader.syllabus;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.grader.syllabus.LateRule.Lateness;

/** What lateness costs. */
class LateRuleTest {
    private static final Instant DUE = Instant.parse("2026-11-20T22:59:00Z");
    private static final LateRule RULE = new LateRule(15, 1, 10, 35, 7);

    @ParameterizedTest
    @CsvSource({
        "PT-5H, 0, 0, 0",
        "PT0S, 0, 0, 0",
        "PT15M, 0, 0, 0",
        "PT15M1S, 0, 1, 0",
        "PT24H, 0, 1, 0",
        "PT24H1S, 0, 2, 10",
        "PT72H, 0, 3, 20",
        "PT120H, 0, 5, 35",
        "PT168H, 0, 7, 35",
        "PT168H1S, 0, 8, 100",
        "PT72H, 3, 0, 0",
        "PT72H, 2, 1, 0",
    })
    void daysAndPercent(Duration late, int extraDays, int days, double percent) {
        assertThat(RULE.lateness(DUE, DUE.plus(late), extraDays), is(new Lateness(days, percent)));
    }

    @Test
    void pointsThatAreLeft() {
        assertThat(new Lateness(2, 25).of(80), is(60.0));
        assertThat(Lateness.NONE.of(80), is(80.0));
    }

    @Test
    void farFutureIsLateAndNoOverflow() {
        assertThat(
                RULE.lateness(DUE, Instant.parse("+9999999-01-01T00:00:00Z"), 0).percent(), is(100.0));
    }

    @Test
    void ruleWithoutCostsHasNone() {
        assertThat(LateRule.none().costsSomething(), is(false));
        assertThat(LateRule.none().lateness(DUE, DUE.plus(Duration.ofDays(400)), 0), is(new Lateness(400, 0)));
        assertThat(RULE.costsSomething(), is(true));
        assertThat(new LateRule(0, 0, 10, 0, 0).costsSomething(), is(false));
        assertThat(new LateRule(0, 0, 0, 100, 3).costsSomething(), is(true));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LateRule(-1, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new LateRule(0, -1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new LateRule(0, 0, 101, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new LateRule(0, 0, 0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new LateRule(0, 0, 0, 0, -1));
    }
}

package storagelab.grader.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Budgets of processor time that are parts of another one. */
class CpuBudgetTest {
    private static final TimeLimits LIMITS = new TimeLimits(1);

    private static void spend(CpuBudget budget, long seconds) {
        budget.spend(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void aPartIsSpentBeforeTheWhole() {
        SubmissionTime time = SubmissionTime.of(LIMITS, 7);
        CpuBudget tests = time.labTests();
        spend(tests, 900);

        assertThat(tests.isSpent(), is(true));
        assertThat(tests.describe(), is("the 900 s of processor time for the tests of this lab"));
        assertThat(time.whole().isSpent(), is(false));
    }

    @Test
    void whatAllPartsHaveUsedIsTakenFromTheWhole() {
        SubmissionTime time = SubmissionTime.of(LIMITS, 2);
        spend(time.labCompile(), 200);
        spend(time.labTests(), 800);
        spend(time.secondScore(), 100);
        CpuBudget testsOfTheSecondLab = time.labTests();
        assertThat(testsOfTheSecondLab.isSpent(), is(false));

        spend(testsOfTheSecondLab, 100);

        assertThat(testsOfTheSecondLab.isSpent(), is(true));
        assertThat(testsOfTheSecondLab.describe(), is("the 1200 s of processor time for this submission"));
        assertThat(time.labCompile().isSpent(), is(true));
    }

    @Test
    void aSubmissionOfSevenLabsHasThreeQuartersOfAnHour() {
        CpuBudget whole = SubmissionTime.of(LIMITS, 7).whole();

        assertThat(whole.describe(), is("the 2700 s of processor time for this submission"));
        assertThat(
                SubmissionTime.of(LIMITS.times(2), 7).whole().describe(),
                is("the 5400 s of processor time for this submission"));
    }
}

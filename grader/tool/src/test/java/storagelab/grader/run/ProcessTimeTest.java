package storagelab.grader.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Processor time of processes, with what they have waited for. */
class ProcessTimeTest {
    @Test
    void childrenThatEndedCountAndNamesMayHaveSpacesAndParentheses() {
        String line = "4711 (a) name (b) S 1 4711 4711 0 -1 4194560 99 98 97 96 10 20 300 4000 20 0 12 0 555 0 0";

        assertThat(ProcessTime.ofStatNanos(line), is(TimeUnit.MILLISECONDS.toNanos(43_300)));
    }

    @Test
    void thisJvmHasUsedSome() {
        assertThat(ProcessTime.ofTreeNanos(ProcessHandle.current()), is(greaterThan(0L)));
        assertThat(ProcessTime.ofThisJvmNanos(), is(greaterThan(0L)));
    }
}

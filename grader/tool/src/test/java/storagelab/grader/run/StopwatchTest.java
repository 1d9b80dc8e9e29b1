package storagelab.grader.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A piece of work is out of time")
class StopwatchTest {
    private static final PlannedTest TEST = new PlannedTest("[test]", "A.test", "a test", List.of(), 10_000);
    private static final TimeLimits LIMITS = TimeLimits.standard();

    private final FakeClocks clocks = new FakeClocks();
    private final Stopwatch stopwatch = new Stopwatch(clocks);

    /** A machine that gives a process as little processor time as a test wants. */
    private static final class FakeClocks implements Stopwatch.Clocks {
        private boolean isAsleep;
        private long cpuNanos = 77;
        private long wallNanos = 1_000_000;

        void pass(long cpuSeconds, long wallSeconds) {
            cpuNanos += TimeUnit.SECONDS.toNanos(cpuSeconds);
            wallNanos += TimeUnit.SECONDS.toNanos(wallSeconds);
        }

        @Override
        public long cpuNanos() {
            return cpuNanos;
        }

        @Override
        public long wallNanos() {
            return wallNanos;
        }

        @Override
        public boolean isAsleep() {
            return isAsleep;
        }
    }

    private void look(int times, boolean isAsleep) {
        clocks.isAsleep = isAsleep;
        for (int i = 0; i < times; i++) {
            stopwatch.look();
        }
    }

    @Test
    @DisplayName("by its processor time, on a machine with nothing else to do")
    void endlessLoop() {
        clocks.pass(9, 9);
        assertThat(stopwatch.outOf(LIMITS.test(TEST)), is(Optional.empty()));
        clocks.pass(1, 1);
        assertThat(stopwatch.outOf(LIMITS.test(TEST)), is(Optional.of(OutOfTime.CPU)));
    }

    @Test
    @DisplayName("at the same processor time with twenty other processes on the machine, and not before")
    void slowButRight() {
        clocks.pass(9, 9 * 19);
        assertThat(stopwatch.outOf(LIMITS.test(TEST)), is(Optional.empty()));
        clocks.pass(1, 19);
        assertThat(stopwatch.outOf(LIMITS.test(TEST)), is(Optional.of(OutOfTime.CPU)));
    }

    @Test
    @DisplayName("by the wall clock when it uses hardly any processor time")
    void sleeper() {
        clocks.pass(0, 199);
        assertThat(stopwatch.outOf(LIMITS.test(TEST)), is(Optional.empty()));
        clocks.pass(0, 1);
        assertThat(stopwatch.outOf(LIMITS.test(TEST)), is(Optional.of(OutOfTime.WALL)));
    }

    @Test
    @DisplayName("when 80 looks have found it asleep, long before the wall clock, whatever other looks have found")
    void poller() {
        clocks.pass(1, 60);
        look(79, true);
        look(79, false);
        assertThat(stopwatch.outOf(LIMITS.test(TEST)), is(Optional.empty()));
        look(1, true);
        assertThat(stopwatch.outOf(LIMITS.test(TEST)), is(Optional.of(OutOfTime.IDLE)));
        assertThat("half as fast", stopwatch.outOf(LIMITS.times(2).test(TEST)), is(Optional.empty()));
    }

    @Test
    @DisplayName(
            "by the wall clock, and by no look, when it wants a processor and gets none, or when it cannot be seen")
    void starved() {
        clocks.pass(1, 199);
        look(400, false);
        assertThat(stopwatch.outOf(LIMITS.test(TEST)), is(Optional.empty()));
        clocks.pass(0, 1);
        assertThat(stopwatch.outOf(LIMITS.test(TEST)), is(Optional.of(OutOfTime.WALL)));
    }

    @Test
    @DisplayName("later on a machine that is half as fast")
    void scaled() {
        clocks.pass(19, 19);
        assertThat(stopwatch.outOf(LIMITS.times(2).test(TEST)), is(Optional.empty()));
        clocks.pass(1, 1);
        assertThat(stopwatch.outOf(LIMITS.times(2).test(TEST)), is(Optional.of(OutOfTime.CPU)));
    }

    @Test
    @DisplayName("not by what was used before it began")
    void begins() {
        clocks.pass(100, 1_000);
        look(80, true);
        stopwatch.begin();
        assertThat(stopwatch.outOf(LIMITS.test(TEST)), is(Optional.empty()));
    }

    @Test
    @DisplayName(
            "through the machine's fault only where so many threads can run that one of them may have got too little")
    void machine() {
        assertThat(TimeLimits.isMachineToBlame(22, 2), is(false));
        assertThat(TimeLimits.isMachineToBlame(40, 2), is(true));
        assertThat("unknown load", TimeLimits.isMachineToBlame(-1, 2), is(false));
    }
}

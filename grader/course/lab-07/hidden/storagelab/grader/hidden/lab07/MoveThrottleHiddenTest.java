package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.tier.MigratorOptions;
import storagelab.tier.MoveThrottle;

/** Exercise 7.7: how fast keys move. */
@Tag("7.7")
class MoveThrottleHiddenTest {
    private static final long SECOND = 1_000_000_000L;

    private long now = 5 * SECOND;

    private MoveThrottle throttle(long bytesPerSecond) {
        return new MoveThrottle(
                MigratorOptions.defaults().withBytesPerSecond(bytesPerSecond).withNanoClock(() -> now));
    }

    @Test
    @DisplayName("each call waits until its work and all before it is paid for")
    void paysForAll() {
        MoveThrottle throttle = throttle(200);
        assertEquals(SECOND, throttle.waitNanos(200), "the wait of 200 bytes, at 200 a second");
        assertEquals(3 * SECOND / 2, throttle.waitNanos(100), "the wait of 100 more, at the same moment");
        now += SECOND;
        assertEquals(SECOND, throttle.waitNanos(100), "the wait of 100 more, a second later");
        assertEquals(SECOND, throttle.waitNanos(0), "the wait of nothing more");
    }

    @Test
    @DisplayName("time in which nothing was moved is not made up for, that before the first call neither")
    void notMadeUpFor() {
        MoveThrottle throttle = throttle(1_000);
        now += 60 * SECOND;
        assertEquals(SECOND / 2, throttle.waitNanos(500), "the wait of the first work, a minute after the start");
        now += 60 * SECOND;
        assertEquals(SECOND / 2, throttle.waitNanos(500), "the wait a minute later");
        assertEquals(SECOND, throttle.waitNanos(500), "the wait right after it");
    }

    @Test
    @DisplayName("a clock that passes its greatest number does no harm")
    void wraps() {
        now = Long.MAX_VALUE - SECOND / 4;
        MoveThrottle throttle = throttle(1_000);
        assertEquals(SECOND / 2, throttle.waitNanos(500), "the wait just before the greatest number");
        assertEquals(SECOND, throttle.waitNanos(500), "the wait of as much again, at the same moment");
        now += SECOND / 2;
        assertEquals(SECOND, throttle.waitNanos(500), "the wait just after it");
    }

    @Test
    @DisplayName("without a limit nobody waits, and large work is no overflow")
    void extremes() {
        assertEquals(0L, throttle(Long.MAX_VALUE).waitNanos(1L << 40), "the wait without a limit");
        assertEquals(1_024 * SECOND, throttle(1L << 30).waitNanos(1L << 40), "the wait of a TiB at a GiB a second");
    }
}

package storagelab.workload;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.testkit.workload.HandClock;

class TrackerRecordsTest {
    @Test
    @DisplayName("sums and means of the statistics of a range")
    void statistics() {
        RangeStatistics range = new RangeStatistics(KeyRange.all(), 4, 1, 2, 1, 30, 6, 2, 3_400, 600);
        assertThat(range.gets(), is(5.0));
        assertThat(range.scans(), is(3.0));
        assertThat(range.writes(), is(8.0));
        assertThat(range.requests(), is(16.0));
        assertThat("4,000 bytes in 40 values", range.meanValueBytes(), is(100.0));
        assertThat(range.meanScanEntries(), is(10.0));
        RangeStatistics nothing = new RangeStatistics(KeyRange.all(), 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(nothing.meanValueBytes(), is(0.0));
        assertThat(nothing.meanScanEntries(), is(0.0));
    }

    @Test
    @DisplayName("options change one at a time, and are checked")
    void options() {
        HandClock clock = new HandClock();
        TrackerOptions options = TrackerOptions.defaults()
                .withClock(clock)
                .withHalfLife(Duration.ofSeconds(2))
                .withRangesMax(3)
                .withShortScanEntriesMax(4)
                .withKeyError(0.5, 0.6)
                .withSeed(7)
                .withOneIn(8);
        assertThat(options, is(new TrackerOptions(clock, Duration.ofSeconds(2), 3, 4, 0.5, 0.6, 7, 8)));
        assertThrows(IllegalArgumentException.class, () -> options.withHalfLife(Duration.ofNanos(1)));
        assertThrows(IllegalArgumentException.class, () -> options.withRangesMax(0));
        assertThrows(IllegalArgumentException.class, () -> options.withOneIn(0));
        assertThrows(IllegalArgumentException.class, () -> options.withShortScanEntriesMax(-1));
        long before = TrackerOptions.defaults().clock().millis();
        assertThat(TrackerOptions.defaults().clock().instant().toEpochMilli() >= before, is(true));
    }
}

package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.time.Duration;
import java.util.List;
import storagelab.api.Slice;
import storagelab.testkit.workload.HandClock;
import storagelab.workload.AccessTracker;
import storagelab.workload.RangeStatistics;
import storagelab.workload.TrackerOptions;

/** What the tests of the tracker share: a half-life of a minute, keys, comparisons of counts. */
final class Tracked {
    static final Duration MINUTE = Duration.ofMinutes(1);

    private Tracked() {}

    static TrackerOptions options(HandClock clock) {
        return TrackerOptions.defaults().withClock(clock).withHalfLife(MINUTE);
    }

    static Slice key(String text) {
        return Slice.utf8(text);
    }

    /** Fails if {@code actual} is not {@code expected}, but for what the arithmetic of doubles may lose. */
    static void assertCount(double expected, double actual, String what) {
        assertTrue(
                Math.abs(actual - expected) <= 1e-9 * Math.max(1e-6, Math.abs(expected)),
                what + ": expected " + expected + ", found " + actual);
    }

    /** Fails if two ranges differ in their keys or a count. */
    static void assertSame(RangeStatistics expected, RangeStatistics actual, String what) {
        assertTrue(
                expected.range().equals(actual.range()),
                what + ": expected the range " + expected.range() + ", found " + actual.range());
        assertCount(expected.hits(), actual.hits(), what + ", hits");
        assertCount(expected.misses(), actual.misses(), what + ", misses");
        assertCount(expected.shortScans(), actual.shortScans(), what + ", short scans");
        assertCount(expected.longScans(), actual.longScans(), what + ", long scans");
        assertCount(expected.scannedEntries(), actual.scannedEntries(), what + ", scanned entries");
        assertCount(expected.puts(), actual.puts(), what + ", puts");
        assertCount(expected.deletes(), actual.deletes(), what + ", deletes");
        assertCount(expected.bytesRead(), actual.bytesRead(), what + ", bytes read");
        assertCount(expected.bytesWritten(), actual.bytesWritten(), what + ", bytes written");
    }

    /** The misses of all ranges, in order. */
    static List<Double> misses(AccessTracker tracker) {
        return tracker.ranges().stream().map(RangeStatistics::misses).toList();
    }

    /** The ranges, in order. */
    static List<String> ranges(AccessTracker tracker) {
        return tracker.ranges().stream().map(range -> range.range().toString()).toList();
    }
}

package storagelab.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;

@Tag("5.17")
class ExpiredRunsTest {
    private static long at(String time) {
        return Instant.parse("2024-01-01T" + time + ":00Z").toEpochMilli();
    }

    private static void run(VersionEdit edit, long run, String keys, long millis) {
        edit.add(
                1,
                new FileMetadata(100 + run, 10, Tables.key(keys.substring(0, 1)), Tables.key(keys.substring(1)))
                        .inRun(run, millis));
    }

    private static @Nullable SortedRun oldest(Version version, String now) {
        TtlFilter twoHours =
                new TtlFilter(Duration.ofHours(2), () -> Instant.ofEpochMilli(at(now)), value -> 0).forWholeRuns();
        return ExpiredRuns.oldest(version, twoHours);
    }

    private static void assertRun(long expected, @Nullable SortedRun found) {
        assertNotNull(found, "no run, but " + expected + " is due");
        assertEquals(expected, found.number(), "number of the run");
    }

    private static VersionEdit threeRuns(long millisOfTheOldest) {
        VersionEdit edit = new VersionEdit();
        run(edit, 9, "qz", at("11:00"));
        run(edit, 8, "kp", at("10:00"));
        run(edit, 7, "am", millisOfTheOldest);
        return edit;
    }

    @Test
    @DisplayName("the worked example: the oldest run goes first, and one that may hide something stays")
    void workedExample() {
        Version version = Version.empty().with(threeRuns(at("09:00")));
        assertNull(oldest(version, "11:00"));
        assertRun(7, oldest(version, "12:30"));
        Version without = version.with(new VersionEdit().delete(1, 107));
        assertRun(8, oldest(without, "12:30"));
        assertNull(oldest(without.with(new VersionEdit().delete(1, 108)), "12:30"));
    }

    @Test
    @DisplayName("a run of which nobody knows when it was flushed stays, and what may hide something of it")
    void unknown() {
        Version version = Version.empty().with(threeRuns(0));
        assertNull(oldest(version, "12:30"));
        assertRun(9, oldest(version, "13:01"));
    }
}

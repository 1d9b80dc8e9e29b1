package storagelab.wal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.CorruptionException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.wal.History;

@Tag("6.4")
class LogTruncationTest {
    private static final WalOptions SMALL = new WalOptions(1_000, SegmentAccess.CHANNEL);

    private final StatsRecorder stats = new StatsRecorder();

    @TempDir
    Path directory;

    private WriteAheadLog create(WalOptions options) {
        return WriteAheadLog.create(directory, 0, options, stats);
    }

    @Test
    @DisplayName("truncation deletes the segments that are not needed, and the log is read from there on")
    void truncates() {
        try (WriteAheadLog log = create(SMALL)) {
            History.append(log, 200);
            long middle = log.lastSequence() / 2;

            log.truncate(middle);

            List<BatchRecord> rest = History.read(directory, middle);
            assertThat(rest.get(0).sequence() <= middle + 1, is(true));
            assertThat(History.assertFollows(middle, rest), is(log.lastSequence()));
            assertThat(SegmentFiles.numbers(directory).get(0), is(greaterThan(5L)));
            CorruptionException error = assertThrows(CorruptionException.class, () -> History.read(directory, 0));
            assertThat(error.getMessage(), containsString("the log begins with sequence"));

            log.truncate(log.lastSequence());
            assertThat(SegmentFiles.numbers(directory), hasSize(1));
            assertThat(History.read(directory, log.lastSequence()), is(empty()));
        }
    }

    @Test
    @DisplayName("a segment is not deleted while the record that says that there is a next one is appended to it")
    void truncationWhileASegmentIsBegun() throws InterruptedException {
        CrashDisk disk = CrashDisk.create();
        try (WriteAheadLog log =
                        WriteAheadLog.create(disk.root(), 0, new WalOptions(100, SegmentAccess.CHANNEL), stats);
                Crew crew = new Crew()) {
            History.append(log, 3);
            long needed = log.lastSequence();
            long full = log.end().segment();
            try (Hold write = disk.faults().hold(DiskCall.WRITE, "%08d.wal".formatted(full))) {
                crew.start("writer", () -> History.append(log));
                Eventually.holds("the record is being appended", () -> write.waiting() == 1);
                log.truncate(needed);
            }
            crew.join();

            assertThat(SegmentFiles.numbers(disk.root()), is(List.of(full, full + 1)));
            log.truncate(needed);
            assertThat(SegmentFiles.numbers(disk.root()), is(List.of(full + 1)));
        }
    }
}

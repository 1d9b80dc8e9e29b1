package storagelab.wal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.testkit.wal.History;

@Tag("6.5")
class LogReopeningTest {
    private static final WalOptions SMALL = new WalOptions(1_000, SegmentAccess.CHANNEL);

    private final StatsRecorder stats = new StatsRecorder();

    @TempDir
    Path directory;

    private WriteAheadLog create(WalOptions options) {
        return WriteAheadLog.create(directory, 0, options, stats);
    }

    private WriteAheadLog open(long afterSequence) {
        return WriteAheadLog.open(directory, afterSequence, SMALL, stats, batch -> {});
    }

    @Test
    @DisplayName("a log that was opened goes on where it ended, and hands over what the engine does not have")
    void goesOn() {
        try (WriteAheadLog log = create(SMALL)) {
            History.append(log, 20);
        }
        List<BatchRecord> replayed = new ArrayList<>();
        long last;
        try (WriteAheadLog log = WriteAheadLog.open(directory, 10, SMALL, stats, replayed::add)) {
            last = log.lastSequence();
            History.append(log, 20);
        }

        assertThat(History.assertFollows(10, replayed), is(last));
        assertThat(replayed.get(0).sequence() <= 11, is(true));
        assertThat(History.read(directory, 0), hasSize(40));
        History.assertFollows(0, History.read(directory, 0));
    }

    @Test
    @DisplayName("opening and closing without an append leaves the files as they were")
    void openingWritesNothing() throws IOException {
        try (WriteAheadLog log = create(SMALL)) {
            History.append(log, 3);
        }
        long before = Files.size(SegmentFiles.path(directory, 1));

        for (int i = 0; i < 5; i++) {
            open(0).close();
        }

        assertThat(SegmentFiles.numbers(directory), is(List.of(1L)));
        assertThat(Files.size(SegmentFiles.path(directory, 1)), is(before));
    }

    @Test
    @DisplayName("an engine that has more than its log goes on after it, and an engine that has less is then refused")
    void engineAheadOfItsLog() {
        long had;
        try (WriteAheadLog log = create(SMALL)) {
            History.append(log, 5);
            had = log.lastSequence();
        }
        try (WriteAheadLog log = open(had + 100)) {
            assertThat(log.lastSequence(), is(had + 100));
            History.append(log);
        }

        assertThat(History.read(directory, had + 100), hasSize(1));
        CorruptionException error = assertThrows(CorruptionException.class, () -> History.read(directory, had));
        assertThat(error.getMessage(), containsString("operations up to sequence " + (had + 100)));
    }

    @Test
    @DisplayName(
            "a sync that fails is the end of the log until it is opened again, and nothing that was synced is lost")
    void failedSync() throws IOException {
        CrashDisk disk = CrashDisk.create();
        Path root = disk.root();
        WriteAheadLog log = WriteAheadLog.create(root, 0, SMALL, stats);
        History.append(log, 3);
        log.sync();
        long synced = log.lastSequence();
        History.append(log);
        disk.faults().failOnce(DiskCall.SYNC, 1);

        assertThrows(StorageIoException.class, log::sync);
        assertThrows(StoreFailedException.class, () -> History.append(log));
        assertThrows(StoreFailedException.class, log::sync);
        log.close();

        try (WriteAheadLog again = WriteAheadLog.open(root, 0, SMALL, stats, batch -> {})) {
            assertThat(again.lastSequence() >= synced, is(true));
        }
    }
}

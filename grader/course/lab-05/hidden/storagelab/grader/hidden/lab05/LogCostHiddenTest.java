package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.LogReader;
import storagelab.testkit.lsm.LogBytes;

/** Exercise 5.3: what reading a log costs, and when its listener hears of damage. */
@Tag("5.3")
class LogCostHiddenTest {
    private static final int BLOCK = LogBytes.BLOCK;

    private final CrashDisk disk = CrashDisk.create();

    private StoreFile open(byte[] log) {
        Path file = disk.root().resolve("000003.log");
        try {
            Files.write(file, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return StoreFile.openForReading(file, new StatsRecorder());
    }

    @Test
    @DisplayName("the listener hears of damage when the reader meets it, and not when the log has ended")
    void toldWhenMet() {
        List<Slice> records =
                List.of(LogBytes.record(BLOCK - 7, 1), LogBytes.record(BLOCK - 7, 2), LogBytes.record(BLOCK - 7, 3));
        byte[] log = LogModel.append(new byte[0], records);
        log[33_000] ^= 0x10;
        List<LogReader.Damage> damages = new ArrayList<>();
        try (StoreFile file = open(log)) {
            LogReader reader = new LogReader(file, damages::add);
            assertEquals(records.get(0), reader.next(), "the first of three records, each of which is a block");
            assertEquals(List.of(), LogModel.dropped(damages), "what was reported before the damaged block was read");
            assertEquals(records.get(2), reader.next(), "the record after the damaged one");
            assertEquals(
                    List.of(BLOCK + "-" + 2 * BLOCK),
                    LogModel.dropped(damages),
                    "what was reported when the record after the damage was returned");
        }
    }

    @Test
    @DisplayName("zeros are read once, a block with one call, whether something follows them or not")
    void zerosAreReadOnce() {
        byte[] begun = Arrays.copyOf(LogModel.append(new byte[0], List.of(LogBytes.record(10, 1))), 40 * BLOCK);
        assertReads(40, begun, "a record and 39 blocks of zeros to the end");
        byte[] followed = LogModel.append(begun, List.of(LogBytes.record(9, 2)));
        assertReads(41, followed, "a record, 39 blocks of zeros, and another record");
    }

    private void assertReads(int expected, byte[] log, String what) {
        try (StoreFile file = open(log)) {
            LogReader reader = new LogReader(file, damage -> {});
            long before = disk.counters().reads();
            while (reader.next() != null) {
                assertTrue(disk.counters().reads() - before <= expected, "reads of blocks more than once: " + what);
            }
            assertEquals(expected, disk.counters().reads() - before, "reads for " + what);
        }
    }

    @Test
    @DisplayName("a record of many blocks costs its bytes, and not their square")
    void largeRecord() {
        Slice record = LogBytes.record(4 << 20, 1);
        try (StoreFile file = open(LogModel.append(new byte[0], List.of(record)))) {
            Allocations.assertAtMost(20L * record.length(), "reading a record of 4 MiB, which is 129 chunks", () -> {
                LogReader reader = new LogReader(file, damage -> {});
                assertEquals(record, reader.next(), "the record");
            });
        }
    }
}

package storagelab.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static storagelab.testkit.lsm.LogBytes.BLOCK;
import static storagelab.testkit.lsm.LogBytes.record;
import static storagelab.testkit.lsm.LogBytes.written;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.LogBytes;

class SalvageLogReaderTest {
    private final Path file = CrashDisk.create().root().resolve("000003.log");
    private final List<LogReader.Damage> damages = new ArrayList<>();

    private List<Slice> read(byte[] log) throws IOException {
        Files.write(file, log);
        damages.clear();
        List<Slice> records = new ArrayList<>();
        try (StoreFile open = StoreFile.openForReading(file, new StatsRecorder())) {
            SalvageLogReader reader = new SalvageLogReader(open, damages::add);
            for (Slice record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
        return records;
    }

    @Test
    @DisplayName("of a whole log it reads what LogReader reads, and has nothing to say, whether or not zeros follow")
    void whole() throws IOException {
        Seeds.check(20, random -> {
            List<Slice> records = LogBytes.records(random);
            byte[] log = written(records);
            assertEquals(records, read(log));
            assertEquals(records, read(Arrays.copyOf(log, log.length + random.nextInt(2 * BLOCK))));
            assertEquals(List.of(), damages);
        });
    }

    @Test
    @DisplayName("one flipped bit loses nothing, wherever it is: in a checksum, a length, a type or data")
    void flippedBit() throws IOException {
        List<Slice> records = List.of(record(30, 1), record(0, 2), record(70, 3), record(20, 4));
        byte[] log = written(records);
        for (int bit = 0; bit < log.length * Byte.SIZE; bit++) {
            byte[] flipped = log.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertEquals(records, read(flipped), "bit " + bit % Byte.SIZE + " of byte " + bit / Byte.SIZE);
        }
    }

    @Test
    @DisplayName("bytes that are overwritten lose the records that they are in, and no others")
    void overwritten() throws IOException {
        Seeds.check(200, random -> {
            List<Slice> records = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                records.add(record(5 + random.nextInt(random.nextInt(10) == 0 ? 40_000 : 300), i));
            }
            byte[] log = written(records);
            int from = random.nextInt(log.length - 20);
            byte[] damaged = log.clone();
            for (int at = from; at < from + 20; at++) {
                damaged[at] ^= (byte) (1 + random.nextInt(255));
            }
            List<Slice> found = read(damaged);
            assertTrue(records.containsAll(found), "all of it was written");
            assertTrue(found.size() >= records.size() - 3, found.size() + " of 100 records");
            assertEquals(found.size() < records.size(), !damages.isEmpty(), "is it said that something is lost");
        });
    }
}

package storagelab.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.sortedlog.StatsRecorder;
import storagelab.sortedlog.StoreFile;
import storagelab.testkit.Seeds;

class LogTest {
    private static final int BLOCK = 32 << 10;

    private final StatsRecorder stats = new StatsRecorder();
    private final List<LogReader.Damage> damages = new ArrayList<>();

    @Test
    @DisplayName("the worked examples: hello, and three records over four blocks")
    void workedExamples() {
        assertEquals(
                "0bb9575805000168656c6c6f",
                BaseEncoding.base16().lowerCase().encode(written(List.of(Slice.utf8("hello")))));
        byte[] log = written(List.of(record(1000, 1), record(97_270, 2), record(8000, 3)));
        assertChunk(log, 0, 1, 1000);
        assertChunk(log, 1007, 2, 31_754);
        assertChunk(log, BLOCK, 3, 32_761);
        assertChunk(log, 2 * BLOCK, 4, 32_755);
        assertEquals(0, log[3 * BLOCK - 6] | log[3 * BLOCK - 1], "the last six bytes of the third block");
        assertChunk(log, 3 * BLOCK, 1, 8000);
    }

    @Test
    @DisplayName("when seven bytes are left in a block, an empty first chunk takes them")
    void emptyFirst() {
        List<Slice> records = List.of(record(BLOCK - 14, 1), record(10, 2));
        byte[] log = written(records);
        assertChunk(log, BLOCK - 7, 2, 0);
        assertChunk(log, BLOCK, 4, 10);
        assertEquals(records, read(log));
        assertEquals(List.of(), damages);
    }

    @Test
    @DisplayName("records of all lengths come back, also when the log goes on after it was closed")
    void roundTrip() {
        Seeds.check(10, random -> {
            List<Slice> records = records(random);
            assertEquals(records, read(written(records)));
            assertEquals(List.of(), damages);
        });
    }

    @Test
    @DisplayName("a log that ends anywhere has the records before, and that is no damage")
    void torn() {
        List<Slice> records = List.of(record(10, 1), record(40_000, 2), record(0, 3), record(300, 4));
        byte[] log = written(records);
        Seeds.check(300, random -> {
            int length = random.nextInt(log.length + 1);
            List<Slice> read = read(Arrays.copyOf(log, length));
            assertEquals(records.subList(0, read.size()), read, "records of a log that ends after " + length);
            assertTrue(length < log.length || read.size() == 4, "the whole log has " + read.size() + " records");
            assertEquals(List.of(), damages, "damage in a log that ends after " + length);
        });
    }

    @Test
    @DisplayName("space that was made ready and not written to is passed over")
    void zeros() {
        List<Slice> records = List.of(record(10, 1), record(200, 2));
        byte[] log = written(records);
        assertEquals(records, read(Arrays.copyOf(log, log.length + 3000)));
        assertEquals(records, read(Arrays.copyOf(log, 2 * BLOCK)));
        assertEquals(List.of(), damages);
    }

    @Test
    @DisplayName("after damage reading goes on in the next block, and what was dropped is reported")
    void resynchronises() {
        List<Slice> records = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            records.add(record(BLOCK - 7, i)); // a block each
        }
        byte[] log = written(records);
        log[2 * BLOCK + 500] ^= 4;
        List<Slice> expected = new ArrayList<>(records);
        expected.remove(2);
        assertEquals(expected, read(log));
        assertEquals(1, damages.size());
        assertEquals(2L * BLOCK, damages.get(0).offset());
        assertEquals(BLOCK, damages.get(0).bytes());
    }

    @Test
    @DisplayName("a flipped bit never makes a record that was not written; what is missing is reported, but at the end")
    void flippedBits() {
        Seeds.check(40, random -> {
            List<Slice> records = records(random);
            byte[] log = written(records);
            int at = random.nextInt(log.length);
            log[at] ^= (byte) (1 << random.nextInt(8));
            List<Slice> read = read(log);
            assertTrue(records.containsAll(read), "a record that nobody wrote, after a flip at " + at);
            boolean inLastBlock = at / BLOCK == (log.length - 1) / BLOCK;
            assertTrue(
                    read.equals(records) || !damages.isEmpty() || inLastBlock,
                    read.size() + " of " + records.size() + " records, and no word about it; flipped at " + at);
        });
    }

    private static void assertChunk(byte[] log, int at, int type, int length) {
        assertEquals(type, log[at + 6], "type of the chunk at " + at);
        assertEquals(length, (log[at + 4] & 0xff) | (log[at + 5] & 0xff) << 8, "length of the chunk at " + at);
    }

    private byte[] written(List<Slice> records) {
        Path file = CrashDisk.create().root().resolve("000003.log");
        try (ChannelLogOutput output = new ChannelLogOutput(file, stats)) {
            for (Slice record : records) {
                new LogWriter(output).append(record); // each goes on where the one before ended
            }
            output.sync();
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Slice> read(byte[] log) {
        damages.clear();
        Path file = CrashDisk.create().root().resolve("000003.log");
        try {
            Files.write(file, log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<Slice> records = new ArrayList<>();
        try (StoreFile open = StoreFile.openForReading(file, stats)) {
            LogReader reader = new LogReader(open, damages::add);
            for (Slice record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
        return records;
    }

    private static List<Slice> records(Random random) {
        List<Slice> records = new ArrayList<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            records.add(record(random.nextInt(1 + random.nextInt(90_000)), i));
        }
        return records;
    }

    private static Slice record(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return Slice.wrap(bytes);
    }
}

package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.LogReader;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.LogBytes;

/** Exercise 5.3: what a reader finds in logs that are whole, torn, or in chunks that no writer makes. */
@Tag("5.3")
class LogReaderHiddenTest {
    private static final int BLOCK = LogBytes.BLOCK;

    /** A log of these chunks: {@code "FIRST 10"}, {@code "LAST 3"} and so on, or a number for a type that there is not. */
    private static byte[] chunks(String... chunks) {
        List<String> types = List.of("", "FULL", "FIRST", "MIDDLE", "LAST");
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        for (String chunk : chunks) {
            String[] words = chunk.split(" ");
            int type = types.indexOf(words[0]) > 0 ? types.indexOf(words[0]) : Integer.parseInt(words[0]);
            int length = Integer.parseInt(words[1]);
            log.writeBytes(LogBytes.chunk(type, LogBytes.record(length, length).toByteArray()));
        }
        return log.toByteArray();
    }

    private static Slice joined(int... lengths) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int length : lengths) {
            bytes.writeBytes(LogBytes.record(length, length).toByteArray());
        }
        return Slice.wrap(bytes.toByteArray());
    }

    private static void assertFinds(String what, byte[] log, List<Slice> records, List<String> dropped) {
        LogBytes.Found found = LogBytes.read(log);
        assertEquals(dropped, LogModel.dropped(found.damages()), "bytes reported in " + what);
        assertEquals(records, found.records(), "records of " + what);
        for (LogReader.Damage damage : found.damages()) {
            assertTrue(
                    !damage.reason().isBlank(), "the damage at " + damage.offset() + " in " + what + " has no reason");
        }
    }

    @Test
    @DisplayName("logs that C++ LevelDB has written are read, to the last record")
    void levelDb() {
        assertLevelDb("snappy-bloom/000006.log", 1406, 3_258_348_063L);
        assertLevelDb("unclean-shutdown/000008.log", 983, 1_039_861_446L);
    }

    private static void assertLevelDb(String name, int count, long crc) {
        byte[] log;
        try (InputStream in = LogBytes.class.getResourceAsStream("/leveldb/" + name)) {
            log = Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LogBytes.Found found = LogBytes.read(log);
        CRC32 all = new CRC32();
        found.records().forEach(record -> all.update(record.toByteArray()));
        assertEquals(List.of(), LogModel.dropped(found.damages()), "bytes reported in " + name);
        assertEquals(count, found.records().size(), "records of " + name);
        assertEquals(crc, all.getValue(), "CRC-32 of all records of " + name);
    }

    @Test
    @DisplayName("records come back whatever is left of their block, 0 to 20 bytes")
    void borders() {
        for (int left = 0; left <= 20; left++) {
            for (int length : new int[] {0, 1, 13, 14, 300, BLOCK - 7, 2 * BLOCK}) {
                List<Slice> records = List.of(
                        LogBytes.record(BLOCK - 7 - left, 1), LogBytes.record(length, 2), LogBytes.record(9, 3));
                String what = "a log with a record of " + length + " bytes where " + left + " are left of a block";
                assertFinds(what, LogModel.append(new byte[0], records), records, List.of());
            }
        }
    }

    @Test
    @DisplayName("what is in the last six bytes of a block is nobody's business")
    void filler() {
        for (int left = 1; left <= 6; left++) {
            List<Slice> records = List.of(LogBytes.record(BLOCK - 7 - left, 1), LogBytes.record(9, 3));
            byte[] log = LogModel.append(new byte[0], records);
            Arrays.fill(log, BLOCK - left, BLOCK, (byte) 0x55);
            assertFinds("a log with 0x55 in the last " + left + " bytes of a block", log, records, List.of());
        }
    }

    @Test
    @DisplayName("a log that ends after any number of bytes has the records before, and that is no damage")
    void torn() {
        List<Slice> few =
                List.of(LogBytes.record(10, 1), LogBytes.record(0, 2), LogBytes.record(200, 3), LogBytes.record(1, 4));
        byte[] log = LogModel.append(new byte[0], few);
        for (int length = 0; length <= log.length; length++) {
            assertTorn(log, length, few);
        }
        List<Slice> large = List.of(
                LogBytes.record(BLOCK - 40, 1),
                LogBytes.record(2 * BLOCK, 2),
                LogBytes.record(0, 3),
                LogBytes.record(50, 4));
        byte[] blocks = LogModel.append(new byte[0], large);
        for (int border : new int[] {BLOCK - 33, BLOCK, 2 * BLOCK, 3 * BLOCK - 12, 3 * BLOCK, blocks.length - 60}) {
            for (int length = border - 12; length <= border + 12; length++) {
                assertTorn(blocks, length, large);
            }
        }
    }

    private static void assertTorn(byte[] log, int length, List<Slice> records) {
        byte[] torn = Arrays.copyOf(log, length);
        int count = 0;
        while (count < records.size() && LogModel.sizeBytes(records.subList(0, count + 1)) <= length) {
            count++;
        }
        List<Slice> whole = records.subList(0, count);
        assertFinds("a log of " + log.length + " bytes that ends after " + length, torn, whole, List.of());
    }

    @Test
    @DisplayName("zeros to the end are space that was made ready, however many, also behind a part of a record")
    void madeReady() {
        List<Slice> records = List.of(LogBytes.record(10, 1), LogBytes.record(300, 2));
        byte[] log = LogModel.append(new byte[0], records);
        for (int zeros : new int[] {1, 6, 7, 8, 1000, BLOCK - log.length, BLOCK, 3 * BLOCK}) {
            assertFinds(zeros + " zeros behind a log", Arrays.copyOf(log, log.length + zeros), records, List.of());
        }
        byte[] begun = Arrays.copyOf(LogModel.append(log, List.of(LogBytes.record(BLOCK, 3))), BLOCK);
        assertFinds("the beginning of a record and zeros", Arrays.copyOf(begun, 2 * BLOCK + 50), records, List.of());
        assertFinds("nothing but zeros", new byte[2 * BLOCK + 3], List.of(), List.of());
        assertFinds("nothing", new byte[0], List.of(), List.of());
    }

    @Test
    @DisplayName("zeros that something follows are reported, once, however many blocks they fill")
    void lostBlocks() {
        List<Slice> records = List.of(LogBytes.record(10, 1), LogBytes.record(300, 2));
        byte[] log = LogModel.append(new byte[0], records);
        byte[] hole = Arrays.copyOf(log, 3 * BLOCK);
        List<Slice> more = List.of(records.get(0), records.get(1), LogBytes.record(9, 3));
        assertFinds(
                "a log with two and a half blocks of zeros",
                LogModel.append(hole, List.of(LogBytes.record(9, 3))),
                more,
                List.of(log.length + "-" + 3 * BLOCK));
        byte[] inside = LogModel.append(log, List.of(LogBytes.record(3 * BLOCK, 3), LogBytes.record(9, 3)));
        Arrays.fill(inside, BLOCK, 2 * BLOCK, (byte) 0);
        int end = inside.length - 16;
        assertFinds(
                "a record of four blocks, the second of which is zeros",
                inside,
                more,
                List.of(log.length + "-" + 2 * BLOCK, 2 * BLOCK + "-" + 3 * BLOCK, 3 * BLOCK + "-" + end));
        byte[] sector = LogModel.append(new byte[0], List.of(LogBytes.record(100, 1), LogBytes.record(2000, 2)));
        Arrays.fill(sector, 107, 512, (byte) 0);
        List<Slice> before = List.of(LogBytes.record(100, 1));
        assertFinds("a log with a sector of zeros in its last block", sector, before, List.of());
        byte[] longer = LogModel.append(Arrays.copyOf(sector, BLOCK), List.of(LogBytes.record(9, 3)));
        assertFinds(
                "a log with a sector of zeros in the first of two blocks",
                longer,
                List.of(LogBytes.record(100, 1), LogBytes.record(9, 3)),
                List.of("107-" + BLOCK));
        longer[BLOCK] ^= 1;
        assertFinds(
                "a log with a sector of zeros, and damage in the next block",
                longer,
                before,
                List.of("107-" + BLOCK, BLOCK + "-" + longer.length));
    }

    @Test
    @DisplayName("only a head of seven zeros is space that was made ready")
    void nearlyZeros() {
        for (int at = 0; at < 8; at++) {
            byte[] log = LogModel.append(new byte[0], List.of(LogBytes.record(100, 1)));
            log = Arrays.copyOf(log, 2000);
            log[107 + at] = 1;
            List<String> dropped = at < 7 ? List.of("107-2000") : List.of();
            assertFinds("zeros but for byte " + at + " behind a log", log, List.of(LogBytes.record(100, 1)), dropped);
        }
    }

    @Test
    @DisplayName(
            "a chunk that a power cut has left in prepared space is the end: whole sectors of it are zeros, and all behind")
    void tornInPreparedSpace() {
        List<Slice> records = List.of(LogBytes.record(393, 1), LogBytes.record(300, 2));
        byte[] log = Arrays.copyOf(LogModel.append(new byte[0], records), 3 * BLOCK);
        Arrays.fill(log, 512, BLOCK, (byte) 0);
        List<Slice> first = records.subList(0, 1);
        assertFinds("a chunk that lies in two sectors, the second of which is zeros", log, first, List.of());
        byte[] followed = LogModel.append(log, List.of(LogBytes.record(9, 3)));
        assertFinds(
                "the same, and something two blocks further on",
                followed,
                List.of(records.get(0), LogBytes.record(9, 3)),
                List.of("400-" + BLOCK, BLOCK + "-" + 3 * BLOCK));
        byte[] inOne = Arrays.copyOf(
                LogModel.append(new byte[0], List.of(LogBytes.record(100, 1), LogBytes.record(50, 2))), BLOCK);
        Arrays.fill(inOne, 130, 200, (byte) 0);
        assertFinds(
                "a chunk in one sector, of which a part is zeros",
                inOne,
                List.of(LogBytes.record(100, 1)),
                List.of("107-" + BLOCK));
        byte[] several = LogModel.append(new byte[0], List.of(LogBytes.record(100, 1), LogBytes.record(2 * BLOCK, 2)));
        Arrays.fill(several, BLOCK + 5000, several.length, (byte) 0);
        assertFinds(
                "a record of three blocks of which the second was written in part",
                Arrays.copyOf(several, 4 * BLOCK),
                List.of(LogBytes.record(100, 1)),
                List.of());
    }

    @Test
    @DisplayName("chunks in an order that no writer makes are dropped, and nothing else")
    void disorder() {
        assertFinds("MIDDLE, FULL", chunks("MIDDLE 5", "FULL 9"), List.of(joined(9)), List.of("0-12"));
        assertFinds("LAST, FULL", chunks("LAST 5", "FULL 9"), List.of(joined(9)), List.of("0-12"));
        assertFinds("LAST alone", chunks("LAST 0"), List.of(), List.of("0-7"));
        assertFinds("FIRST, FULL", chunks("FIRST 5", "FULL 9"), List.of(joined(9)), List.of("0-12"));
        assertFinds(
                "FIRST, FIRST, LAST", chunks("FIRST 5", "FIRST 6", "LAST 7"), List.of(joined(6, 7)), List.of("0-12"));
        assertFinds(
                "FIRST, MIDDLE, FULL, MIDDLE, LAST",
                chunks("FIRST 5", "MIDDLE 6", "FULL 7", "MIDDLE 8", "LAST 9"),
                List.of(joined(7)),
                List.of("0-25", "39-54", "54-70"));
        assertFinds("FIRST and no more", chunks("FULL 1", "FIRST 5"), List.of(joined(1)), List.of());
        assertFinds("FIRST, MIDDLE and no more", chunks("FIRST 5", "MIDDLE 6"), List.of(), List.of());
        assertFinds(
                "FIRST, MIDDLE, MIDDLE, LAST, all in one block",
                chunks("FIRST 5", "MIDDLE 6", "MIDDLE 0", "LAST 7"),
                List.of(joined(5, 6, 0, 7)),
                List.of());
    }

    @Test
    @DisplayName("a first chunk without data that another record follows is no loss")
    void emptyFirst() {
        assertFinds("empty FIRST, FULL", chunks("FIRST 0", "FULL 9"), List.of(joined(9)), List.of());
        assertFinds(
                "empty FIRST, FIRST, LAST", chunks("FIRST 0", "FIRST 1", "LAST 2"), List.of(joined(1, 2)), List.of());
        assertFinds("empty FIRST, unknown", chunks("FIRST 0", "9 9"), List.of(), List.of("7-23"));
        byte[] zeros = Arrays.copyOf(chunks("FIRST 0"), BLOCK);
        assertFinds(
                "empty FIRST, zeros, FULL",
                LogModel.append(zeros, List.of(joined(9))),
                List.of(joined(9)),
                List.of("7-" + BLOCK));
    }

    @Test
    @DisplayName("a chunk of a type that there is not is dropped, and the record that it lies in")
    void unknownTypes() {
        for (int type : new int[] {0, 5, 6, 127, 128, 255}) {
            assertFinds(
                    "FULL, a chunk of type " + type + ", FULL",
                    chunks("FULL 3", type + " 5", "FULL 9"),
                    List.of(joined(3), joined(9)),
                    List.of("10-22"));
            assertFinds(
                    "FIRST, a chunk of type " + type + ", LAST, FULL",
                    chunks("FIRST 3", type + " 5", "LAST 2", "FULL 9"),
                    List.of(joined(9)),
                    List.of("0-10", "10-22", "22-31"));
        }
        assertFinds(
                "a chunk of type 0 without data that has a checksum, FULL",
                chunks("0 0", "FULL 9"),
                List.of(joined(9)),
                List.of("0-7"));
    }

    @Test
    @DisplayName("a length that leads beyond a block is damage, beyond the end of the file it is the end")
    void lengths() {
        byte[] log = LogModel.append(new byte[0], List.of(LogBytes.record(BLOCK - 107, 1), LogBytes.record(93, 2)));
        byte[] longer = log.clone();
        longer[BLOCK - 100 + 4] += 1;
        assertFinds(
                "a chunk that is a byte longer than its block, at the end of the file",
                longer,
                List.of(LogBytes.record(BLOCK - 107, 1)),
                List.of(BLOCK - 100 + "-" + BLOCK));
        byte[] more = LogModel.append(longer, List.of(LogBytes.record(9, 3)));
        assertFinds(
                "a chunk that is a byte longer than its block, and another block",
                more,
                List.of(LogBytes.record(BLOCK - 107, 1), LogBytes.record(9, 3)),
                List.of(BLOCK - 100 + "-" + BLOCK));
        byte[] small = LogModel.append(new byte[0], List.of(LogBytes.record(20, 1), LogBytes.record(30, 2)));
        small[27 + 4] += 1;
        assertFinds("a chunk that is a byte longer than the file", small, List.of(LogBytes.record(20, 1)), List.of());
        small[27 + 4] -= 2;
        assertFinds("a chunk that is a byte too short", small, List.of(LogBytes.record(20, 1)), List.of("27-64"));
    }

    @Test
    @DisplayName("records stay what they are while others are read, and after the end there is still nothing")
    void kept() {
        List<Slice> records = List.of(
                LogBytes.record(100, 1), LogBytes.record(100, 2), LogBytes.record(40_000, 3), LogBytes.record(100, 4));
        byte[] log = LogModel.append(new byte[0], records);
        assertFinds("four records", log, records, List.of()); // which are compared when all were read
        CrashDisk disk = CrashDisk.create();
        try (StoreFile file = StoreFile.openForReading(onDisk(disk, log), new StatsRecorder())) {
            LogReader reader = new LogReader(file, damage -> {});
            for (int i = 0; i < records.size(); i++) {
                assertTrue(reader.next() != null, "record " + i + " is not there");
            }
            assertTrue(reader.next() == null, "a fifth record of four");
            assertTrue(reader.next() == null, "a sixth record of four");
        }
        byte[] torn = Arrays.copyOf(LogModel.append(log, List.of(LogBytes.record(3000, 5))), 3 * BLOCK);
        Arrays.fill(torn, log.length + 700, 2 * BLOCK, (byte) 0);
        try (StoreFile file = StoreFile.openForReading(onDisk(CrashDisk.create(), torn), new StatsRecorder())) {
            LogReader reader = new LogReader(file, damage -> {});
            for (int i = 0; i < records.size() + 2; i++) {
                assertEquals(i < records.size(), reader.next() != null, "is there a record " + i + " of four");
            }
        }
    }

    @Test
    @DisplayName("each block is read with one call, and a log of a megabyte is not read at once")
    void reads() {
        CrashDisk disk = CrashDisk.create();
        byte[] log = LogModel.append(new byte[0], List.of(LogBytes.record(100, 1), LogBytes.record(1 << 20, 2)));
        try (StoreFile file = StoreFile.openForReading(onDisk(disk, log), new StatsRecorder())) {
            LogReader reader = new LogReader(file, damage -> {});
            long before = disk.counters().reads();
            reader.next();
            assertEquals(1, disk.counters().reads() - before, "reads for a record of 100 bytes");
            reader.next();
            reader.next();
            assertEquals(33, disk.counters().reads() - before, "reads for a log of 33 blocks");
        }
    }

    private static Path onDisk(CrashDisk disk, byte[] log) {
        Path file = disk.root().resolve("000003.log");
        try {
            Files.write(file, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    @Test
    @DisplayName("random records come back, in their order")
    void roundTrip() {
        Seeds.check(20, random -> {
            List<Slice> records = LogBytes.records(random);
            assertFinds("a log", LogModel.append(new byte[0], records), records, List.of());
        });
    }
}

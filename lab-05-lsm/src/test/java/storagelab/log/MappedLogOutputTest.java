package storagelab.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Slice;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.testkit.Seeds;

class MappedLogOutputTest {
    private static final int REGION = 1 << 20;

    @TempDir
    Path directory;

    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("a mapped log has the bytes of one that goes through a channel, however pieces and syncs come")
    void sameBytes() {
        Seeds.check(5, random -> {
            Path mapped = directory.resolve("mapped-" + random.nextLong());
            Path written = directory.resolve("written-" + random.nextLong());
            try (LogOutput one = new MappedLogOutput(mapped, stats);
                    LogOutput other = new ChannelLogOutput(written, stats)) {
                for (int i = 0; i < 400; i++) {
                    Slice piece = piece(random, random.nextInt(8) == 0 ? 40_000 : 30);
                    if (random.nextInt(5) == 0) {
                        one.appendSynced(piece);
                        other.appendSynced(piece);
                    } else {
                        one.append(piece);
                        other.append(piece);
                    }
                    assertEquals(other.sizeBytes(), one.sizeBytes(), "bytes after piece " + i);
                }
            }
            assertArrayEquals(Files.readAllBytes(written), Files.readAllBytes(mapped));
        });
    }

    @Test
    @DisplayName("pieces that end or go over where a region ends")
    void regions() throws IOException {
        List<Slice> pieces = new ArrayList<>();
        Random random = new Random(Seeds.base());
        for (int bytes : new int[] {REGION - 20, 20, REGION - 5, 9, 3 * REGION + 7, REGION - 11, 0, 8, 7, REGION, 1}) {
            byte[] piece = new byte[bytes];
            random.nextBytes(piece);
            pieces.add(Slice.wrap(piece));
        }
        Path mapped = directory.resolve("mapped");
        try (LogOutput output = new MappedLogOutput(mapped, stats)) {
            pieces.forEach(output::append);
        }
        byte[] bytes = Files.readAllBytes(mapped);
        int at = 0;
        for (Slice piece : pieces) {
            assertEquals(piece, Slice.wrap(bytes, at, piece.length()), "the piece at byte " + at);
            at += piece.length();
        }
        assertEquals(at, bytes.length, "bytes of the closed file");
    }

    @Test
    @DisplayName("what was appended is in the file at once, zeros behind it; closing cuts them off")
    void beforeItIsClosed() throws IOException {
        Path file = directory.resolve("log");
        Slice hello = Slice.utf8("hello, world");
        try (LogOutput output = new MappedLogOutput(file, stats)) {
            output.append(hello);
            byte[] seen = Files.readAllBytes(file);
            assertEquals(hello, Slice.wrap(seen, 0, hello.length()));
            assertTrue(seen.length >= REGION, "room was made for " + seen.length + " bytes");
            assertArrayEquals(
                    new byte[seen.length - hello.length()], Arrays.copyOfRange(seen, hello.length(), seen.length));
            assertEquals(seen.length, stats.get(FileMetrics.BYTES_WRITTEN), "bytes that are reported");
        }
        assertEquals(hello.length(), Files.size(file));
    }

    @Test
    @DisplayName("a reader of the log of a killed process finds every record, and no damage")
    void killed() throws IOException {
        Path file = directory.resolve("log");
        List<Slice> records = new ArrayList<>();
        try (LogOutput output = new MappedLogOutput(file, stats)) {
            LogWriter writer = new LogWriter(output);
            Random random = new Random(Seeds.base());
            for (int i = 0; i < 3_000; i++) {
                records.add(piece(random, i % 500 == 0 ? 100_000 : 100));
                writer.append(records.get(i));
            }
            Files.copy(file, directory.resolve("copy"));
        }
        List<LogReader.Damage> damages = new ArrayList<>();
        List<Slice> read = new ArrayList<>();
        try (StoreFile copy = StoreFile.openForReading(directory.resolve("copy"), stats)) {
            LogReader reader = new LogReader(copy, damages::add);
            for (Slice record = reader.next(); record != null; record = reader.next()) {
                read.add(record);
            }
        }
        assertEquals(records, read);
        assertEquals(List.of(), damages);
    }

    @Test
    @DisplayName("a chunk that ends in zeros from a sector on, as the file does, was torn; another one is damaged")
    void tornTail() throws IOException {
        byte[] log = new byte[4096];
        try (LogOutput output = new ChannelLogOutput(directory.resolve("log"), stats)) {
            LogWriter writer = new LogWriter(output);
            writer.append(Slice.wrap(ones(390))); // ends at 397
            writer.append(Slice.wrap(ones(200))); // at 397 to 604
            writer.append(Slice.wrap(ones(50))); // at 604 to 661
        }
        byte[] whole = Files.readAllBytes(directory.resolve("log"));
        System.arraycopy(whole, 0, log, 0, whole.length);
        byte[] torn = log.clone();
        Arrays.fill(torn, 512, torn.length, (byte) 0);
        assertTrue(isTorn(torn, 397), "the second record was written up to byte 512");
        torn[4095] = 1;
        assertFalse(isTorn(torn, 397), "there is something behind the zeros");
        byte[] flipped = Arrays.copyOf(log, 4096);
        flipped[450] ^= 1;
        assertFalse(isTorn(flipped, 397), "nothing is missing of the second record");
        flipped[620] ^= 1;
        assertFalse(isTorn(flipped, 604), "the third record is in one sector");
    }

    private boolean isTorn(byte[] log, long offset) throws IOException {
        Path file = Files.write(directory.resolve("torn"), log);
        try (StoreFile opened = StoreFile.openForReading(file, stats)) {
            return PreparedSpace.isTornTail(opened, offset);
        }
    }

    private static byte[] ones(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) 1);
        return bytes;
    }

    private static Slice piece(Random random, int bytesMax) {
        byte[] bytes = new byte[random.nextInt(bytesMax)];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }
}

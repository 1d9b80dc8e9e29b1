package storagelab.testkit.lsm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.ChannelLogOutput;
import storagelab.log.LogReader;
import storagelab.log.LogWriter;

/** Logs as bytes: written, made by hand, and read. */
public final class LogBytes {
    /** Bytes of a block. */
    public static final int BLOCK = 32 << 10;

    /** Bytes of a chunk besides its data. */
    public static final int HEAD = 7;

    /** What a reader has found. */
    public record Found(List<Slice> records, List<LogReader.Damage> damages) {}

    private LogBytes() {}

    /** A log with these records, each of them appended by a writer of its own, which goes on where the last one ended. */
    public static byte[] written(List<Slice> records) {
        Path file = CrashDisk.create().root().resolve("000003.log");
        try (ChannelLogOutput output = new ChannelLogOutput(file, new StatsRecorder())) {
            for (Slice record : records) {
                new LogWriter(output).append(record);
            }
            output.sync();
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link LogReader} finds in a file with these bytes. */
    public static Found read(byte[] log) {
        Path file = CrashDisk.create().root().resolve("000003.log");
        try {
            Files.write(file, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Slice> records = new ArrayList<>();
        List<LogReader.Damage> damages = new ArrayList<>();
        try (StoreFile open = StoreFile.openForReading(file, new StatsRecorder())) {
            LogReader reader = new LogReader(open, damages::add);
            for (Slice record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
            int told = damages.size();
            if (reader.next() != null || damages.size() > told) {
                throw new AssertionError("after the end of a log of " + log.length + " bytes, after " + records.size()
                        + " records, next() has found something");
            }
        }
        return new Found(records, damages);
    }

    /** A chunk, made by hand. */
    public static byte[] chunk(int type, byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(type);
        crc.update(data);
        return ByteBuffer.allocate(HEAD + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8)
                .putShort((short) data.length)
                .put((byte) type)
                .put(data)
                .array();
    }

    /** The type of the chunk at {@code at}, and the length of its data: {@code 2:31754}. */
    public static String head(byte[] log, int at) {
        return log[at + 6] + ":" + ((log[at + 4] & 0xff) | (log[at + 5] & 0xff) << 8);
    }

    /** A record of random bytes, always the same for the same length and seed. */
    public static Slice record(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return Slice.wrap(bytes);
    }

    /** A few records, most of them small and some of several blocks. */
    public static List<Slice> records(Random random) {
        List<Slice> records = new ArrayList<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            records.add(record(random.nextInt(1 + random.nextInt(90_000)), i));
        }
        return records;
    }
}

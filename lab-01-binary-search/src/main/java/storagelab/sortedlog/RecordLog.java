package storagelab.sortedlog;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * A file of records that only grows: append at the end, sync, and after a restart read every record back in order.
 *
 * <p>Reading back must tell two things apart. A <em>torn tail</em> is what a crash leaves: the last records were on their
 * way to the disk and arrived in part, or in any combination of 512-byte sectors. That is normal, and reading ends
 * quietly before them. <em>Damage</em> is a record that had been on disk and has changed since. That must never pass for
 * a tail, because everything after it would be dropped without a word. A checksum alone says "wrong", not which of the
 * two. So each record also says how much of the file was known to be on disk when it was written: a wrong record is
 * damage if a right one further on says that it had been synced, and otherwise a torn tail.
 *
 * <p>Format ({@code notes/formats/record-log.md}, constants in {@link RecordLogLayout}): the file is a sequence of frames
 * without anything between them.
 *
 * <table>
 * <caption>A frame; integers are little-endian</caption>
 * <tr><th>offset</th><th>size</th><th>field</th></tr>
 * <tr><td>0</td><td>4</td><td>crc: CRC-32C ({@link Crc32c}) of every later byte of the frame</td></tr>
 * <tr><td>4</td><td>4</td><td>length: number of payload bytes, at most 2³¹−1−16</td></tr>
 * <tr><td>8</td><td>8</td><td>durable: how many bytes of this file were on disk when the frame was written</td></tr>
 * <tr><td>16</td><td>length</td><td>payload</td></tr>
 * </table>
 *
 * <p>Example: {@code append("hello")}, {@code sync()}, {@code append("hi")} on a new log writes 21 + 18 bytes. The second
 * frame says that 0x15 = 21 bytes were on disk:
 *
 * <pre>{@code
 * 42 b5 75 20 05 00 00 00 00 00 00 00 00 00 00 00 68 65 6c 6c 6f
 * 53 eb 17 bf 02 00 00 00 15 00 00 00 00 00 00 00 68 69
 * }</pre>
 *
 * <p>Errors: {@link storagelab.api.StorageIoException} when the file system refuses. After an append or sync has thrown
 * anything, the content of the file is unknown, and the disk may have dropped what it could not write: every later append
 * and sync throws {@link StoreFailedException} and touches nothing. After {@link #close} they throw {@link StoreClosedException}.
 *
 * <p>Do the work with a {@link StoreFile}: it counts bytes and syncs and survives interrupts. {@link FileWindow} reads one
 * in pieces.
 *
 * <p>Concurrency: one thread at a time.
 */
@Exercise(
        id = "1.3",
        title = "A log that tells torn from damaged",
        points = 10,
        difficulty = Difficulty.MEDIUM,
        hours = 3)
public final class RecordLog implements Closeable {
    /**
     * What {@link #replay} found.
     *
     * @param records how many records were handed to the sink
     * @param validBytes size of the file without its torn tail: where the first frame that is not right begins, or the
     *     end of the file
     * @param tornBytes size of the torn tail, usually 0
     */
    public record Replayed(long records, long validBytes, long tornBytes) {}

    private final StoreFile file;
    private long durableBytes;
    private @Nullable Throwable failure;
    private boolean closed;

    private RecordLog(StoreFile file) {
        this.file = file;
    }

    /**
     * Creates an empty log. Nothing is written to it, not even a header, and nothing is synced: the caller syncs the
     * directory.
     *
     * @throws storagelab.api.StorageIoException if {@code file} exists, or cannot be created
     */
    public static RecordLog create(Path file, StatsRecorder stats) {
        return new RecordLog(StoreFile.create(file, stats));
    }

    /**
     * Appends a frame with {@code payload} and returns the offset of the frame. When this returns the frame is in the
     * operating system's hands: it survives the death of the process, not a power cut.
     *
     * <p>Example: in a new log the first call returns 0; after a payload of 5 bytes, the next returns 21.
     *
     * <p>An empty payload is allowed: its frame says what was durable and nothing else, and {@link #replay} does not
     * report it.
     *
     * <p>Cost: one {@link StoreFile#append}, of header and payload together.
     */
    public long append(Slice payload) {
        checkUsable();
        ByteWriter frame = new ByteWriter(Math.addExact(RecordLogLayout.HEADER_BYTES, payload.length()));
        frame.putFixed32(0)
                .putFixed32(payload.length())
                .putFixed64(durableBytes)
                .putBytes(payload);
        frame.putFixed32At(RecordLogLayout.CRC_OFFSET, frame.crc32c(RecordLogLayout.LENGTH_OFFSET, frame.size()));
        long offset = file.sizeBytes();
        try {
            file.append(frame.view());
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        return offset;
    }

    /**
     * Returns when every frame appended so far is on disk; {@link #durableBytes} equals {@link #sizeBytes} then.
     *
     * <p>Cost: one {@link StoreFile#sync}.
     */
    public void sync() {
        checkUsable();
        try {
            file.sync();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        durableBytes = file.sizeBytes();
    }

    /** Number of bytes in the file: the frames that were appended. */
    public long sizeBytes() {
        return file.sizeBytes();
    }

    /** How many of them are known to be on disk: the size of the file at the last sync, 0 before the first. */
    public long durableBytes() {
        return durableBytes;
    }

    /**
     * Hands the payload of every record of {@code file} to {@code sink}, in the order of the file, up to the torn tail.
     * Frames with an empty payload are passed over and not counted. The sink may keep the slices.
     *
     * <p>A frame is right if its 16 bytes of header and its payload are in the file and the checksum is that of the
     * bytes. Let the first frame that is not begin at offset o. What is wrong there cannot be told from the frame, whose
     * length is not to be trusted either. So look at <em>every</em> later offset: if a right frame begins there whose
     * {@code durable} is greater than o and at most its own offset, the frame at o had been on disk.
     *
     * <p>Example: three records of 5 bytes each, at offsets 0, 21 and 42, with a sync after each: the third frame says
     * {@code durable = 42}. With one bit changed at offset 30, replay hands over the first record, and throws a
     * CorruptionException with offset 21. With the same bit changed and never a sync, it hands over the first record and
     * returns {@code Replayed(1, 21, 42)}. A file that ends in the middle of a frame has a torn tail, and so has one
     * that ends in zeros: the checksum of twelve zero bytes is not zero.
     *
     * <p>Cost: reads the file once, in pieces; at most one record and a bounded piece of the file in memory.
     *
     * @throws CorruptionException with the offset o, if the frame there had been on disk; the records before it have
     *     been handed over
     */
    public static Replayed replay(Path file, Consumer<Slice> sink) {
        try (StoreFile source = StoreFile.openForReading(file, new StatsRecorder())) {
            FileWindow window = new FileWindow(source);
            long records = 0;
            long offset = 0;
            Frame frame = frameAt(window, offset);
            while (frame != null) {
                if (!frame.payload.isEmpty()) {
                    sink.accept(frame.payload);
                    records++;
                }
                offset += RecordLogLayout.frameBytes(frame.payload.length());
                frame = frameAt(window, offset);
            }
            checkNeverDurable(file, window, offset);
            return new Replayed(records, offset, window.sizeBytes() - offset);
        }
    }

    /**
     * Syncs the log and closes the file, also if the sync fails. Closing twice does nothing.
     *
     * <p>If the log has any frames, then after the sync it appends a frame with an empty payload, whose {@code durable} is
     * the size of all before it, and syncs again: from now on any change in them is known to be damage. A log that has
     * failed is only closed.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        try (file) {
            if (failure == null && sizeBytes() > 0) {
                sync();
                append(Slice.EMPTY);
                sync();
            }
        } finally {
            closed = true;
        }
    }

    private void checkUsable() {
        if (closed) {
            throw new StoreClosedException(file.path().toString());
        }
        if (failure != null) {
            throw new StoreFailedException(file.path().toString(), failure);
        }
    }

    /** The frame at {@code offset}, or null if no right one begins there. */
    private static @Nullable Frame frameAt(FileWindow file, long offset) {
        long bytesLeft = file.sizeBytes() - offset;
        if (bytesLeft < RecordLogLayout.HEADER_BYTES) {
            return null;
        }
        ByteReader header = new ByteReader(file.slice(offset, RecordLogLayout.HEADER_BYTES));
        int crc = header.readFixed32();
        int length = header.readFixed32();
        long durable = header.readFixed64();
        long frameBytes = RecordLogLayout.frameBytes(length);
        if (length < 0 || frameBytes > Math.min(bytesLeft, Integer.MAX_VALUE)) {
            return null;
        }
        Slice frame = file.slice(offset, (int) frameBytes);
        Slice covered = frame.subSlice(RecordLogLayout.LENGTH_OFFSET, frame.length());
        if (Crc32c.of(covered.asByteBuffer()) != crc) {
            return null;
        }
        return new Frame(frame.subSlice(RecordLogLayout.HEADER_BYTES, frame.length()), durable);
    }

    /** Throws if a frame behind {@code bad}, where no right frame begins, says that {@code bad} had been on disk. */
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {
        long lastOffset = file.sizeBytes() - RecordLogLayout.HEADER_BYTES;
        for (long offset = bad + 1; offset <= lastOffset; offset++) {
            Slice header = file.slice(offset, RecordLogLayout.HEADER_BYTES);
            long durable =
                    new ByteReader(header.subSlice(RecordLogLayout.DURABLE_OFFSET, header.length())).readFixed64();
            if (durable > bad && durable <= offset && frameAt(file, offset) != null) { // the cheap checks first
                throw new CorruptionException(
                        path,
                        bad,
                        "a record, because the one at byte " + offset + " says that " + durable + " bytes were on disk",
                        "bytes that do not match their checksum");
            }
        }
    }

    private record Frame(Slice payload, long durable) {}
}

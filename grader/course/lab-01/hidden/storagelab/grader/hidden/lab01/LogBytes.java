package storagelab.grader.hidden.lab01;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.testkit.ByteMatchers;

/**
 * Writes and reads the bytes of a record log without a record log: what the student's log wrote is read by this, and
 * what this wrote is read by the student's.
 *
 * <p>Frame: CRC-32C of what follows, fixed32 · payload length, fixed32 · durable bytes, fixed64 · payload.
 */
final class LogBytes {
    static final int HEADER_BYTES = 16;

    /** One frame as it stands in a file. */
    record Frame(long offset, long durable, Slice payload) {
        long end() {
            return offset + HEADER_BYTES + payload.length();
        }
    }

    private final ByteWriter bytes = new ByteWriter(256);

    /** Appends a frame and returns its offset. */
    long add(long durable, Slice payload) {
        int offset = bytes.size();
        bytes.putFixed32(0).putFixed32(payload.length()).putFixed64(durable).putBytes(payload);
        bytes.putFixed32At(offset, bytes.crc32c(offset + 4, bytes.size()));
        return offset;
    }

    long add(long durable, String payload) {
        return add(durable, Slice.utf8(payload));
    }

    int size() {
        return bytes.size();
    }

    byte[] toByteArray() {
        return bytes.toSlice().toByteArray();
    }

    /**
     * Every frame of a whole log.
     *
     * @throws AssertionError if the bytes are not right frames from first to last
     */
    static List<Frame> frames(byte[] log) {
        List<Frame> frames = rightFrames(log);
        long end = frames.isEmpty() ? 0 : frames.get(frames.size() - 1).end();
        if (end < log.length) {
            throw new AssertionError("a log of " + log.length + " bytes has " + frames.size()
                    + " right frames, which end at byte " + end + "; there stands "
                    + ByteMatchers.show(log, (int) end) + ", which is no frame whose checksum is right");
        }
        return frames;
    }

    /** The right frames at the front of a log, up to where none begins. */
    static List<Frame> rightFrames(byte[] log) {
        List<Frame> frames = new ArrayList<>();
        int offset = 0;
        while (isRightFrame(log, offset)) {
            ByteReader reader = new ByteReader(Slice.wrap(log, offset + 4, log.length - offset - 4));
            int length = reader.readFixed32();
            frames.add(new Frame(offset, reader.readFixed64(), reader.readBytes(length)));
            offset += HEADER_BYTES + length;
        }
        return frames;
    }

    private static boolean isRightFrame(byte[] log, int offset) {
        int room = log.length - offset - HEADER_BYTES;
        if (room < 0) {
            return false;
        }
        ByteReader reader = new ByteReader(Slice.wrap(log, offset, HEADER_BYTES));
        int crc = reader.readFixed32();
        int length = reader.readFixed32();
        return length >= 0 && length <= room && crc == Crc32c.of(log, offset + 4, HEADER_BYTES - 4 + length);
    }
}

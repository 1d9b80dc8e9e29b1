// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: accepted
// because: frames built and read with a ByteBuffer, and a search that asks for the right frame first, are as right
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

public final class RecordLog {
    public long append(Slice payload) {
        checkUsable();
        ByteBuffer frame = ByteBuffer.allocate(Math.addExact(RecordLogLayout.HEADER_BYTES, payload.length()))
                .order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(0).putInt(payload.length()).putLong(durableBytes).put(payload.asByteBuffer());
        frame.putInt(0, Crc32c.of(frame.array(), Integer.BYTES, frame.position() - Integer.BYTES));
        long offset = file.sizeBytes();
        try {
            file.append(Slice.wrap(frame.array()));
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        return offset;
    }

    private static void checkNeverDurable(Path path, FileWindow file, long bad) {
        long offset = bad + 1;
        while (offset + RecordLogLayout.HEADER_BYTES <= file.sizeBytes()) {
            if (frameAt(file, offset) != null && saysThatItWasDurable(file, offset, bad)) {
                throw new CorruptionException(path, bad, "the record that was synced there", "something else");
            }
            offset++;
        }
    }

    private static boolean saysThatItWasDurable(FileWindow file, long offset, long bad) {
        ByteBuffer header =
                file.slice(offset, RecordLogLayout.HEADER_BYTES).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long durable = header.getLong(RecordLogLayout.DURABLE_OFFSET);
        return bad < durable && durable <= offset;
    }
}

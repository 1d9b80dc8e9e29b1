// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: it skips by the length in the damaged frame, so damage in a length hides the records behind it

import java.nio.file.Path;
import storagelab.api.CorruptionException;
import storagelab.codec.ByteReader;

public final class RecordLog {
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {
        long offset = bad;
        while (file.sizeBytes() - offset >= RecordLogLayout.HEADER_BYTES) {
            Frame frame = frameAt(file, offset);
            if (frame != null && frame.durable > bad) {
                throw new CorruptionException(path, bad, "a record", "bytes that do not match their checksum");
            }
            ByteReader header = new ByteReader(file.slice(offset, RecordLogLayout.HEADER_BYTES));
            header.readFixed32();
            long length = Integer.toUnsignedLong(header.readFixed32());
            offset += RecordLogLayout.HEADER_BYTES + length;
        }
    }
}

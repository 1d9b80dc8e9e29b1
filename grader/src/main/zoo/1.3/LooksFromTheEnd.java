// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: accepted
// because: it looks for the witness of damage from the end of the file towards the front

import java.nio.file.Path;
import storagelab.api.CorruptionException;

public final class RecordLog {
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {
        for (long offset = file.sizeBytes() - RecordLogLayout.HEADER_BYTES; offset > bad; offset--) {
            Frame witness = frameAt(file, offset);
            if (witness != null && witness.durable > bad && witness.durable <= offset) {
                throw new CorruptionException(path, bad, "a frame that had been synced", "other bytes");
            }
        }
    }
}

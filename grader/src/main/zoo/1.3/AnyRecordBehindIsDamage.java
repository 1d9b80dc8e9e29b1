// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: it takes any right record behind a wrong one for damage, though a crash may keep a later sector and lose an earlier one

import java.nio.file.Path;
import storagelab.api.CorruptionException;

public final class RecordLog {
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {
        for (long offset = bad + 1; offset <= file.sizeBytes() - RecordLogLayout.HEADER_BYTES; offset++) {
            if (frameAt(file, offset) != null) {
                throw new CorruptionException(path, bad, "a record", "bytes that do not match their checksum");
            }
        }
    }
}

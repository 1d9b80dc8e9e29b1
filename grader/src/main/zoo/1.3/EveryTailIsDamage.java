// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: it takes the half-written record that every crash leaves for damage, and the store does not open any more

import java.nio.file.Path;
import storagelab.api.CorruptionException;

public final class RecordLog {
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {
        if (bad < file.sizeBytes()) {
            throw new CorruptionException(path, bad, "a record", "bytes that do not match their checksum");
        }
    }
}

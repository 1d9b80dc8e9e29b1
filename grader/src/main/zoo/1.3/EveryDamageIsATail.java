// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: it stops at the first wrong record without a word, so one flipped bit drops everything written after it

import java.nio.file.Path;

public final class RecordLog {
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {}
}

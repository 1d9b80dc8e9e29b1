// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: a torn tail, which every crash can leave, is reported as damage
public final class RecordLog {
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {
        if (bad < file.sizeBytes()) {
            throw new CorruptionException(path, bad, "a record", "bytes that do not match their checksum");
        }
    }
}

// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: a right frame behind a wrong one is taken for proof of damage, but after a crash unsynced sectors survive in any combination
public final class RecordLog {
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {
        long lastOffset = file.sizeBytes() - RecordLogLayout.HEADER_BYTES;
        for (long offset = bad + 1; offset <= lastOffset; offset++) {
            if (frameAt(file, offset) != null) {
                throw new CorruptionException(path, bad, "a record", "bytes that do not match their checksum");
            }
        }
    }
}

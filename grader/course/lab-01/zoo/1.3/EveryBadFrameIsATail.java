// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: replay ends quietly at damage in the middle, and everything after it is lost without a word
public final class RecordLog {
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {}
}

// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: numbers of files in quarantine are given out again
public final class Recovery {
    private static final class Run {
        private long highestInQuarantine() {
            return 0;
        }
    }
}

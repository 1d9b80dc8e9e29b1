// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: tables that were opened stay open when a log is damaged
public final class Recovery {
    public static Recovered recover(Path directory, StatsRecorder stats) {
        return new Run(directory, stats).recover();
    }
}

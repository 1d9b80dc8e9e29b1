// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: a damaged table is deleted instead of put aside, and with it whatever could have been saved
public final class Recovery {
    public static Recovered recover(Path directory, StatsRecorder stats) {
        Recovered recovered = new Run(directory, stats).recover();
        for (Quarantined quarantined : recovered.report().quarantined()) {
            StoreFile.delete(directory.resolve(FileNames.QUARANTINE).resolve(quarantined.file()));
        }
        return recovered;
    }
}

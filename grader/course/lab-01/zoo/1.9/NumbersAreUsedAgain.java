// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: file numbers go on from the highest table in use, and a new file gets the name of one in quarantine or of a log
public final class Recovery {
    public static Recovered recover(Path directory, StatsRecorder stats) {
        Recovered recovered = new Run(directory, stats).recover();
        long highest = recovered.tables().stream()
                .mapToLong(table -> table.info().number())
                .max()
                .orElse(0);
        return new Recovered(
                recovered.tables(),
                recovered.firstLog(),
                recovered.memtable(),
                recovered.logs(),
                highest + 1,
                recovered.report());
    }
}

// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: the directory is synced when recovery is done
public final class Recovery {
    private static final class Run {
        Recovered recover() {

            List<Path> files = FileNames.numbered(directory);
            PublishedTables published = readList(files);
            long nextFileNumber = Math.max(published.firstLog(), 1 + Math.max(highest(files), highestInQuarantine()));

            List<Path> live = removeLeaks(files, published);
            openTables(published);
            replayLogs(live.stream().filter(FileNames::isLog).toList());
            Directories.sync(directory, stats);
            RecoveryReport report =
                    new RecoveryReport(tables.size(), quarantined, replayedRecords, tornBytes, removedLeaks);
            return new Recovered(tables, published.firstLog(), memtable, logs, nextFileNumber, report);
        }
    }
}

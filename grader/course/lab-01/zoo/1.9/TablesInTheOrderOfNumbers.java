// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: tables are opened in the order of their numbers, the highest first
public final class Recovery {
    private static final class Run {
        Recovered recover() {
            Directories.sync(directory, stats);
            List<Path> files = FileNames.numbered(directory);
            PublishedTables published = readList(files);
            long nextFileNumber = Math.max(published.firstLog(), 1 + Math.max(highest(files), highestInQuarantine()));

            List<Path> live = removeLeaks(files, published);
            openTables(new PublishedTables(
                    published.newestFirst().stream().sorted(java.util.Comparator.reverseOrder()).toList(),
                    published.firstLog()));
            replayLogs(live.stream().filter(FileNames::isLog).toList());
            RecoveryReport report =
                    new RecoveryReport(tables.size(), quarantined, replayedRecords, tornBytes, removedLeaks);
            return new Recovered(tables, published.firstLog(), memtable, logs, nextFileNumber, report);
        }
    }
}

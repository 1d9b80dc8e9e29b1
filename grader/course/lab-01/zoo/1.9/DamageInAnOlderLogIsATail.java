// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: a torn tail in a log that is not the newest is passed over, and the writes behind it are kept without those in it
public final class Recovery {
    private static final class Run {
        private void replayLogs(List<Path> oldestFirst) {
            for (int i = 0; i < oldestFirst.size(); i++) {
                Path log = oldestFirst.get(i);
                RecordLog.Replayed replayed = replay(log);
                boolean newest = i == oldestFirst.size() - 1;
                if (replayed.tornBytes() > 0 && oldestFirst.isEmpty()) {
                    throw new CorruptionException(
                            log,
                            replayed.validBytes(),
                            "whole records, because " + oldestFirst.get(i + 1).getFileName() + " was begun after it",
                            replayed.tornBytes() + " bytes that are none");
                }
                if (replayed.records() > 0) {
                    logs.add(log);
                }
                if (newest) {
                    tornBytes = replayed.tornBytes();
                    StoreFile.settle(log, replayed.validBytes(), stats);
                }
                replayedRecords += replayed.records();
            }
            oldestFirst.stream().filter(log -> !logs.contains(log)).forEach(StoreFile::delete);
        }
    }
}

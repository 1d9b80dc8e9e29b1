// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: the newest log is settled only if it has a torn tail
public final class Recovery {
    private static final class Run {
        private void replayLogs(List<Path> oldestFirst) {
            for (int i = 0; i < oldestFirst.size(); i++) {
                Path log = oldestFirst.get(i);
                RecordLog.Replayed replayed = replay(log);
                boolean newest = i == oldestFirst.size() - 1;
                if (replayed.tornBytes() > 0 && !newest) {
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
                    if (replayed.tornBytes() > 0) {
                        StoreFile.settle(log, replayed.validBytes(), stats);
                    }
                }
                replayedRecords += replayed.records();
            }
            oldestFirst.stream().filter(log -> !logs.contains(log)).forEach(StoreFile::delete);
        }
    }
}

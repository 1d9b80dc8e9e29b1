// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: each log is cut at its valid bytes before its damage is known
public final class Recovery {
    private static final class Run {
        private RecordLog.Replayed replay(Path log) {
            try {
                RecordLog.Replayed replayed = RecordLog.replay(log, record -> EntryCodec.decodeAll(record).forEach(memtable::put));
                StoreFile.settle(log, replayed.validBytes(), stats);
                return replayed;
            } catch (MalformedBytesException e) {
                throw new CorruptionException(log, 0, "records that are batches", String.valueOf(e.getMessage()));
            }
        }
    }
}

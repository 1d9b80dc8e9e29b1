// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: damage in a log counts as a torn tail
public final class Recovery {
    private static final class Run {
        private RecordLog.Replayed replay(Path log) {
            long[] records = {0};
            try {
                return RecordLog.replay(log, record -> {
                    EntryCodec.decodeAll(record).forEach(memtable::put);
                    records[0]++;
                });
            } catch (CorruptionException e) {
                return new RecordLog.Replayed(records[0], e.offset(), 0);
            } catch (MalformedBytesException e) {
                throw new CorruptionException(log, 0, "records that are batches", String.valueOf(e.getMessage()));
            }
        }
    }
}

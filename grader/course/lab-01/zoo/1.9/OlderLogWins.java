// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: logs are replayed from the newest to the oldest, and an old value is put over a new one
import com.google.common.collect.Lists;

public final class Recovery {
    public static Recovered recover(Path directory, StatsRecorder stats) {
        Recovered recovered = new Run(directory, stats).recover();
        for (Path log : Lists.reverse(recovered.logs())) {
            RecordLog.replay(log, record -> EntryCodec.decodeAll(record).forEach(recovered.memtable()::put));
        }
        return recovered;
    }
}

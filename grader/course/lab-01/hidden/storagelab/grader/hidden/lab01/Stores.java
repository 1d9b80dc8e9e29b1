package storagelab.grader.hidden.lab01;

import java.nio.file.Path;
import java.util.List;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.TableListKind;

/** Stores in the settings of the exercises, and looks into their directories. */
final class Stores {
    /** What 1.6 needs and no more: nothing durable, no second thread, no merges. */
    static final SortedLogOptions SIMPLE = SortedLogOptions.defaults()
            .withTableList(TableListKind.EPHEMERAL)
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION);

    private Stores() {}

    static SortedLogStore openSimple(CrashDisk disk, long memtableBytes) {
        return SortedLogStore.open(disk.root(), SIMPLE.withMemtableBytes(memtableBytes));
    }

    static long metric(SortedLogStore store, Metric metric) {
        return store.stats().get(metric);
    }

    /** The logs in {@code directory}, the oldest first. */
    static List<Path> logs(Path directory) {
        return FileNames.numbered(directory).stream().filter(FileNames::isLog).toList();
    }

    /** The tables in {@code directory}, the oldest first. */
    static List<Path> tables(Path directory) {
        return FileNames.numbered(directory).stream().filter(FileNames::isTable).toList();
    }

    /** The payloads of all records in the newest log of {@code directory}. */
    static List<Slice> newestLog(Path directory) {
        List<Path> logs = logs(directory);
        return LogBytes.frames(Bytes.read(logs.get(logs.size() - 1))).stream()
                .map(LogBytes.Frame::payload)
                .filter(payload -> !payload.isEmpty())
                .toList();
    }
}

package storagelab.sortedlog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/** What a store begins with when it is opened. */
final class StoreStart {
    private StoreStart() {}

    /** What a durable store left in {@code directory}; an ephemeral one forgets everything. */
    static Recovery.Recovered find(Path directory, SortedLogOptions options, StatsRecorder stats) {
        return options.tableList() == TableListKind.DURABLE
                ? Recovery.recover(directory, stats)
                : forgetEverything(directory);
    }

    /** {@code recovered}, with what the logs held in a memtable of {@code parts}. */
    static Recovery.Recovered withMemtableOf(StoreParts parts, Recovery.Recovered recovered) {
        Memtable memtable = parts.memtables().get();
        if (memtable instanceof MapMemtable) {
            return recovered;
        }
        recovered.memtable().entries().forEachRemaining(memtable::put);
        return new Recovery.Recovered(
                recovered.tables(),
                recovered.firstLog(),
                memtable,
                recovered.logs(),
                recovered.nextFileNumber(),
                recovered.report());
    }

    /** Nothing, in a directory without the files of an earlier store. */
    private static Recovery.Recovered forgetEverything(Path directory) {
        if (Files.exists(directory.resolve(FileNames.TABLE_LIST))) {
            throw new IllegalArgumentException(directory + " holds a durable store");
        }
        FileNames.numbered(directory).forEach(StoreFile::delete);
        RecoveryReport report = new RecoveryReport(0, List.of(), 0, 0, List.of());
        return new Recovery.Recovered(List.of(), 0, new MapMemtable(), List.of(), 1, report);
    }
}

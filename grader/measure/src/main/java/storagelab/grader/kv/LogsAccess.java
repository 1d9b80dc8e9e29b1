package storagelab.grader.kv;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import storagelab.api.Metric;
import storagelab.api.OrderedStore;
import storagelab.api.StoreStats;
import storagelab.memtable.SnapshotLogStore;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.RecoveryReport;
import storagelab.sortedlog.SortedLogOptions;

/** The store on sorted logs of labs 1 to 3, which all write the same files. */
final class LogsAccess extends OpenStore {
    private final OrderedStore store;

    private LogsAccess(Path home, OrderedStore store, boolean isReadOnly) {
        super(StoreKind.LOGS, home, isReadOnly);
        this.store = store;
    }

    static LogsAccess openToRead(Path home) {
        return new LogsAccess(home, LogsReader.open(home), true);
    }

    static LogsAccess openToWrite(Path home) {
        return new LogsAccess(home, SnapshotLogStore.open(home, SortedLogOptions.defaults()), false);
    }

    static Verdict verify(Path home) {
        try (LogsReader reader = LogsReader.open(home)) {
            reader.verifyTables();
            long entries = reader.tables().stream()
                    .mapToLong(table -> table.info().entries())
                    .sum();
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("tables", reader.tables().size());
            numbers.put("entries", entries);
            numbers.put("records", reader.logRecords());
            numbers.put("findings", reader.damages());
            return new Verdict(
                    reader.damages().isEmpty(),
                    reader.damages().stream()
                            .map(damage -> "Damaged: " + damage + ".")
                            .toList(),
                    "%,d entries in %,d tables, %,d records in the logs"
                            .formatted(entries, reader.tables().size(), reader.logRecords()),
                    numbers);
        }
    }

    @Override
    OrderedStore entries() {
        return store;
    }

    @Override
    List<String> notices(StorePlace place) {
        if (store instanceof LogsReader reader) {
            return reader.damages().stream()
                    .map(damage -> "Not read: " + damage + ".")
                    .toList();
        }
        RecoveryReport report = writable().recoveryReport();
        return report.quarantined().stream()
                .map(table -> "Damaged, and moved to " + place.shown(FileNames.QUARANTINE) + ": " + table.file()
                        + ", since " + table.reason() + ".")
                .toList();
    }

    @Override
    void checkpoint() {
        writable().flush();
    }

    @Override
    List<String> compact(boolean isForLevelDb) {
        writable().compact();
        return List.of("Merged: %,d tables, %,d bytes."
                .formatted(store.stats().get(Metric.TABLES), store.stats().get(Metric.TABLE_BYTES)));
    }

    @Override
    List<String> lines() {
        StoreStats stats = store.stats();
        return List.of(
                "tables: %,d, %,d bytes".formatted(stats.get(Metric.TABLES), stats.get(Metric.TABLE_BYTES)),
                "in memory, from the logs: %,d bytes".formatted(stats.get(Metric.MEMTABLE_BYTES)));
    }

    @Override
    Map<String, Object> numbers() {
        StoreStats stats = store.stats();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tables", stats.get(Metric.TABLES));
        all.put("tableBytes", stats.get(Metric.TABLE_BYTES));
        all.put("memoryBytes", stats.get(Metric.MEMTABLE_BYTES));
        return all;
    }

    private SnapshotLogStore writable() {
        return (SnapshotLogStore) store;
    }
}

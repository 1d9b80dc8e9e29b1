package storagelab.grader.kv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.OrderedStore;
import storagelab.api.StorageException;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.PickerText;
import storagelab.lsm.LsmCheck;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmRecoveryReport;
import storagelab.lsm.LsmRepair;
import storagelab.lsm.LsmStore;
import storagelab.lsm.StoreShape;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.SortedRun;

/** Lab 5's LSM tree, or a database of LevelDB. */
final class LsmAccess extends OpenStore {
    private LsmStore store; // replaced when the picker is

    private LsmAccess(Path home, LsmStore store, boolean isReadOnly) {
        super(StoreKind.LEVELDB, home, isReadOnly);
        this.store = store;
    }

    static LsmAccess openToRead(Path home) {
        return new LsmAccess(home, LsmStore.openReadOnly(home, LsmOptions.defaults()), true);
    }

    static LsmAccess openToWrite(Path home) {
        return new LsmAccess(home, LsmStore.open(home, LsmOptions.defaults()), false);
    }

    static Verdict verify(Path home) {
        LsmCheck.Report report = LsmCheck.check(home, LsmOptions.defaults());
        List<String> findings = findings(home, report);
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("tables", report.tables());
        numbers.put("entries", report.entries());
        numbers.put("logs", report.logs());
        numbers.put("operations", report.operations());
        numbers.put("findings", report.findings());
        String read = "%,d entries in %,d tables, %,d operations in %,d logs"
                .formatted(report.entries(), report.tables(), report.operations(), report.logs());
        return new Verdict(report.isWhole(), findings, read, numbers);
    }

    /** A sentence for each damage. */
    static List<String> findings(Path home, LsmCheck.Report report) {
        return report.findings().stream()
                .map(finding -> "Damaged: %s from byte %d on: %s."
                        .formatted(fileName(home, finding.file()), finding.offset(), finding.reason()))
                .toList();
    }

    private static Path fileName(Path home, String file) {
        return home.getFileSystem().getPath(file).getFileName();
    }

    @Override
    OrderedStore entries() {
        return store;
    }

    @Override
    List<String> notices(StorePlace place) {
        String consequence = isReadOnly() ? "" : " A copy of the log is in " + place.shown(LsmRepair.LOST) + ".";
        return dropped(store.recoveryReport().dropped()).stream()
                .map(sentence -> sentence + consequence)
                .toList();
    }

    /** A sentence for each part of a log that could not be read. */
    static List<String> dropped(List<LsmRecoveryReport.Dropped> parts) {
        return parts.stream()
                .map(part -> "Not read: %s from byte %d on: %s."
                        .formatted(part.log().getFileName(), part.offset(), part.reason()))
                .toList();
    }

    @Override
    void checkpoint() {
        store.checkpoint();
    }

    @Override
    List<String> compact(boolean isForLevelDb) {
        if (isForLevelDb) {
            store.close();
            store = LsmStore.open(home(), LsmOptions.defaults().withPicker(LeveledPicker.defaults()));
        }
        store.compactAll();
        ManifestFormat format = StoreShape.recall(home()).format();
        return List.of(
                "Merged: " + store.version() + ".",
                format == ManifestFormat.LEVELDB
                        ? "LevelDB can read it."
                        : "LevelDB cannot read it, because of its picker, " + shape()
                                + ": compact --leveldb changes that.");
    }

    @Override
    List<String> lines() {
        return List.of(
                "tables: " + store.version(),
                "in memory: %,d bytes; from the log: %,d operations"
                        .formatted(
                                store.stats().get(Metric.MEMTABLE_BYTES),
                                store.recoveryReport().operations()),
                "merged by: " + shape());
    }

    @Override
    Map<String, Object> numbers() {
        Map<String, Object> all = new LinkedHashMap<>(tables(store));
        all.put("memoryBytes", store.stats().get(Metric.MEMTABLE_BYTES));
        all.put("logOperations", store.recoveryReport().operations());
        all.put("lastSequence", store.lastSequence());
        all.put("picker", shape());
        return all;
    }

    /** The tables of an LSM tree, by run. */
    static Map<String, Object> tables(LsmStore store) {
        List<Map<String, Object>> runs = new ArrayList<>();
        for (SortedRun run : store.version().runs()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("level", run.level());
            one.put("tables", run.files().size());
            one.put("bytes", run.sizeBytes());
            runs.add(one);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tables", store.version().files().size());
        all.put("tableBytes", store.stats().get(Metric.TABLE_BYTES));
        all.put("runs", runs);
        return all;
    }

    @Override
    StoreSize size(KeyRange range) {
        long bytes = store.approximateBytes(range);
        long operations = store.recoveryReport().operations();
        List<String> lines = new ArrayList<>();
        lines.add("about %,d bytes of tables".formatted(bytes));
        if (operations > 0) {
            lines.add("not counted, since they are only in the log: %,d operations".formatted(operations));
        }
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("tableBytes", bytes);
        numbers.put("logOperations", operations);
        return new StoreSize(lines, numbers);
    }

    /** The picker that the store remembers, or why that is not known. */
    private String shape() {
        try {
            return PickerText.of(StoreShape.recall(home()));
        } catch (StorageException e) {
            return "unknown, since " + e.getMessage();
        }
    }
}

package storagelab.testkit.lsm;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.compaction.NoCompaction;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalKeyOrder;
import storagelab.sstable.TableBuilder;
import storagelab.sstable.TableOptions;
import storagelab.sstable.TableSummary;

/**
 * A store whose tables are made by hand, on any level and in any run, without a flush and without a merge. Each has a name,
 * and {@link AskedFilters} remember by these names which tables were asked.
 */
public final class StoreByHand {
    private final AskedFilters filters = new AskedFilters();
    private final StatsRecorder stats = new StatsRecorder();
    private final Path directory;
    private final VersionSet versions;
    private final VersionEdit edit = new VersionEdit();
    private long newest;
    private long visible = Long.MAX_VALUE;

    /** A store without tables in {@code directory}. */
    public StoreByHand(Path directory) {
        this.directory = directory;
        this.versions = VersionSet.create(directory, stats, ManifestFormat.RUNS);
    }

    /**
     * Adds a table, newer than all that were added to level 0 before. Run 0 of level 0 stands for a run of its own.
     *
     * @param name by which its filter is told from others
     * @param entries as {@code a@5=1}, a put of the sequence 5, or {@code a@5†}, a deletion; in any order
     */
    public StoreByHand table(String name, int level, long run, List<String> entries) {
        long number = versions.newFileNumber();
        TreeMap<Slice, Slice> sorted = new TreeMap<>(InternalKeyOrder.ORDER);
        entries.forEach(entry -> add(entry, sorted));
        filters.nameNext(name);
        try (StoreFile file = StoreFile.create(LsmFileNames.table(directory, number), stats)) {
            TableBuilder builder = new TableBuilder(file, options().table());
            sorted.forEach(builder::add);
            TableSummary summary = builder.finish();
            file.sync();
            FileMetadata made = new FileMetadata(number, summary.sizeBytes(), summary.smallest(), summary.largest());
            edit.add(level, made.inRun(level == 0 ? number : run, 0));
        }
        long last = sorted.keySet().stream()
                .map(InternalKey::sequence)
                .max(Comparator.naturalOrder())
                .orElse(0L);
        newest = Math.max(newest, last);
        return this;
    }

    private static void add(String entry, TreeMap<Slice, Slice> sorted) {
        int at = entry.indexOf('@');
        int end = entry.indexOf(entry.endsWith("†") ? '†' : '=', at);
        long sequence = Long.parseLong(entry.substring(at + 1, end));
        ValueKind kind = entry.endsWith("†") ? ValueKind.DELETION : ValueKind.VALUE;
        Slice value = kind == ValueKind.DELETION ? Slice.EMPTY : Slice.utf8(entry.substring(end + 1));
        sorted.put(InternalKey.of(Slice.utf8(entry.substring(0, at)), sequence, kind), value);
    }

    /** Lets gets see no newer sequence than this one, though the tables may have some. */
    public StoreByHand visibleUntil(long sequence) {
        visible = sequence;
        return this;
    }

    /** Opens the store that has the tables which were added. To be called once. */
    public LsmStore open() {
        versions.setLastSequence(Math.min(visible, newest));
        try (versions) {
            versions.apply(edit.setLogNumber(0));
        }
        return LsmStore.open(directory, options());
    }

    /** The tables that were asked since {@link AskedFilters#clear}. */
    public AskedFilters filters() {
        return filters;
    }

    /** Merges nothing and keeps no block in memory, so that each block that a get looks at is a read. */
    public LsmOptions options() {
        return NoMerges.options(1 << 20)
                .withPicker(new NoCompaction(ManifestFormat.RUNS))
                .withTable(TableOptions.defaults().withFilter(filters))
                .withCacheBytes(0);
    }
}

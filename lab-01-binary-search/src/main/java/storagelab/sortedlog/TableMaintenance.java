package storagelab.sortedlog;

import com.google.common.collect.ImmutableList;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Entry;
import storagelab.api.Metric;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * Turns memtables into tables and several tables into one.
 *
 * <p>Invariant: at every moment, what the published list names is complete and on disk. That is a matter of order, and
 * the order is always the same: write the new file, sync it, sync the directory, publish the list, let readers see the new
 * table, and only then give up what it replaces, to {@link ObsoleteTables}. A crash between any two steps leaves a file too many, which the next open
 * removes, and never one too few.
 *
 * <p>A step that throws leaves the store failed: which files it consists of is then decided by recovery, from the list.
 *
 * <p>Concurrency: one step at a time; gets run beside it.
 */
final class TableMaintenance implements MaintenanceWork, Closeable {
    private final StoreState state;
    private final TableList list;
    private final ObsoleteTables obsoleteTables;
    private final int compactionTrigger;
    private final StatsRecorder stats;
    private long firstLog; // guarded by this

    /**
     * Maintenance of tables that are named in {@code list}, which has {@code firstLog} now; those that it merges go to
     * {@code obsoleteTables}.
     */
    TableMaintenance(StoreState state, TableList list, long firstLog, ObsoleteTables obsoleteTables) {
        this.state = state;
        this.list = list;
        this.obsoleteTables = obsoleteTables;
        this.compactionTrigger = state.options().compactionTrigger();
        this.stats = state.stats();
        this.firstLog = firstLog;
    }

    @Override
    public synchronized void flush(FrozenMemtable frozen) {
        try {
            SortedTable table = build(out -> writeAll(frozen.memtable(), out));
            if (table == null) {
                throw new AssertionError("an empty memtable was frozen");
            }
            List<SortedTable> tables = ImmutableList.<SortedTable>builder()
                    .add(table)
                    .addAll(state.sources().tables())
                    .build();
            publish(tables, frozen.nextLog(), table);
            state.change(sources -> sources.withFlushed(table));
            frozen.logs().forEach(StoreFile::delete);
            stats.increment(Metric.FLUSHES);
        } catch (RuntimeException | Error e) {
            state.fail(e);
            throw e;
        }
    }

    @Override
    public synchronized void compact() {
        if (compactionTrigger == SortedLogOptions.NO_COMPACTION) {
            return;
        }
        Optional<CompactionPicker.Run> run = nextRun();
        while (run.isPresent()) {
            merge(run.get());
            run = nextRun();
        }
    }

    /** Merges all tables into one, which has no tombstones. */
    synchronized void compactAll() {
        int tables = state.sources().tables().size();
        if (tables > 0) {
            merge(new CompactionPicker.Run(0, tables));
        }
    }

    /** Reads every table and proves that it is one. */
    synchronized void verify() {
        state.checkOpen();
        state.sources().tables().forEach(SortedTable::verify);
    }

    /** Closes the tables, which nobody reads any more. */
    @Override
    public synchronized void close() {
        try {
            state.sources().tables().forEach(SortedTable::close);
        } finally {
            obsoleteTables.close();
        }
    }

    /** Closes a table that is in no list and in nobody's use, and deletes its file. */
    private void remove(SortedTable table) {
        table.close();
        StoreFile.delete(FileNames.table(state.directory(), table.info().number()));
    }

    private Optional<CompactionPicker.Run> nextRun() {
        List<TableInfo> tables =
                state.sources().tables().stream().map(SortedTable::info).toList();
        return CompactionPicker.pick(tables, compactionTrigger);
    }

    private void merge(CompactionPicker.Run run) {
        try {
            List<SortedTable> tables = state.sources().tables();
            List<SortedTable> inputs = tables.subList(run.from(), run.to());
            List<SortedTable> newer = tables.subList(0, run.from());
            List<SortedTable> older = tables.subList(run.to(), tables.size());
            SortedTable merged = build(out -> Compactor.compact(inputs, older, out));
            List<SortedTable> remaining = ImmutableList.<SortedTable>builder()
                    .addAll(newer)
                    .addAll(merged == null ? List.of() : List.of(merged))
                    .addAll(older)
                    .build();
            publish(remaining, firstLog, merged);
            state.change(sources -> sources.withTables(remaining));
            inputs.forEach(input -> obsoleteTables.retire(input, () -> remove(input)));
            stats.increment(Metric.COMPACTIONS);
        } catch (RuntimeException | Error e) {
            state.fail(e);
            throw e;
        }
    }

    /** Writes a table and opens it, once its bytes and its name are on disk. Null if it would be empty. */
    private @Nullable SortedTable build(TableContent content) {
        long number = state.newFileNumber();
        Path file = FileNames.table(state.directory(), number);
        Optional<TableInfo> built;
        try (SortedTableBuilder out = SortedTableBuilder.create(file, number, stats)) {
            built = content.writeTo(out);
        }
        if (built.isEmpty()) {
            return null;
        }
        Directories.sync(state.directory(), stats);
        return SortedTable.open(file, number, stats);
    }

    /** Publishes a list with a table that was just built. If that fails, the list on disk may name it: its file stays. */
    private void publish(List<SortedTable> newestFirst, long newFirstLog, @Nullable SortedTable built) {
        List<Long> numbers =
                newestFirst.stream().map(table -> table.info().number()).toList();
        try {
            list.publish(new PublishedTables(numbers, newFirstLog));
        } catch (RuntimeException | Error e) {
            if (built != null) {
                built.close();
            }
            throw e;
        }
        firstLog = newFirstLog;
    }

    private static Optional<TableInfo> writeAll(Memtable memtable, SortedTableBuilder out) {
        for (Iterator<Entry> entries = memtable.entries(); entries.hasNext(); ) {
            out.add(entries.next());
        }
        return Optional.of(out.finish());
    }

    private interface TableContent {
        Optional<TableInfo> writeTo(SortedTableBuilder out);
    }
}

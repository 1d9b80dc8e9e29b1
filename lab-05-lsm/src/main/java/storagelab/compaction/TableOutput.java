package storagelab.compaction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.sortedlog.Directories;
import storagelab.sortedlog.StatsRecorder;
import storagelab.sortedlog.StoreFile;
import storagelab.table.TableBuilder;
import storagelab.table.TableOptions;
import storagelab.table.TableSummary;

/**
 * Sorted entries on their way into new tables. A table is created when its first entry comes.
 *
 * <p>Concurrency: one thread.
 */
public final class TableOutput {
    private final Path directory;
    private final TableOptions options;
    private final StatsRecorder stats;
    private final LongSupplier numbers;
    private final List<FileMetadata> finished = new ArrayList<>();
    private @Nullable StoreFile file;
    private @Nullable TableBuilder builder;
    private long number;

    /** An output without tables; {@code numbers} gives the numbers of their files. */
    public TableOutput(Path directory, TableOptions options, StatsRecorder stats, LongSupplier numbers) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.numbers = numbers;
    }

    /** Appends an entry to the table that is being written. */
    public void add(Slice internalKey, Slice value) {
        if (builder == null || file == null) {
            number = numbers.getAsLong();
            file = StoreFile.create(LsmFileNames.table(directory, number), stats);
            builder = new TableBuilder(file, options);
        }
        builder.add(internalKey, value);
    }

    /** Bytes of the table that is being written; 0 if there is none. */
    public long sizeBytes() {
        return builder == null ? 0 : builder.sizeBytes();
    }

    /** Ends the table that is being written, if there is one, and syncs it. */
    public void cut() {
        if (builder == null || file == null) {
            return;
        }
        TableSummary summary = builder.finish();
        file.sync();
        file.close();
        finished.add(new FileMetadata(number, summary.sizeBytes(), summary.smallest(), summary.largest()));
        builder = null;
        file = null;
    }

    /** Ends the last table, and returns all of them when their names are on the disk, too. */
    public List<FileMetadata> finish() {
        cut();
        if (!finished.isEmpty()) {
            Directories.sync(directory, stats);
        }
        return finished;
    }

    /**
     * Closes the file that is being written, after a failure. What is there of it is removed when the store is opened
     * again.
     */
    public void abandon() {
        if (file != null) {
            file.close();
        }
    }
}

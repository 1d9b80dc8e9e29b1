package storagelab.compaction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.sstable.TableBuilder;
import storagelab.sstable.TableOptions;
import storagelab.sstable.TableSummary;

/**
 * Sorted entries on their way into new tables. A table is created when its first entry comes.
 *
 * <p>Concurrency: one thread.
 */
public final class TableOutput implements MergeOutput {
    private static final int PACED_BYTES = 64 << 10;

    private final Path directory;
    private final TableOptions options;
    private final StatsRecorder stats;
    private final LongSupplier numbers;
    private final List<FileMetadata> finished = new ArrayList<>();
    private @Nullable StoreFile file;
    private @Nullable TableBuilder builder;
    private long number;
    private IntConsumer pace = bytes -> {};
    private long pacedBytes; // of the table that is being written

    /** An output without tables; {@code numbers} gives the numbers of their files. */
    public TableOutput(Path directory, TableOptions options, StatsRecorder stats, LongSupplier numbers) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.numbers = numbers;
    }

    /**
     * Lets {@code pace} make this output wait: it is told of bytes that were written, about 64 KiB at a time and the rest at
     * the end of a table, and returns when the next may be.
     *
     * @return this
     */
    public TableOutput pacedBy(IntConsumer pace) {
        this.pace = pace;
        return this;
    }

    @Override
    public void add(Slice internalKey, Slice value) {
        if (builder == null || file == null) {
            number = numbers.getAsLong();
            file = StoreFile.create(LsmFileNames.table(directory, number), stats);
            builder = new TableBuilder(file, options);
        }
        builder.add(internalKey, value);
        if (builder.sizeBytes() - pacedBytes >= PACED_BYTES) {
            paceTo(builder.sizeBytes());
        }
    }

    @Override
    public long sizeBytes() {
        return builder == null ? 0 : builder.sizeBytes();
    }

    /** {@inheritDoc} It is synced. */
    @Override
    public void cut() {
        if (builder == null || file == null) {
            return;
        }
        TableSummary summary = builder.finish();
        paceTo(summary.sizeBytes());
        pacedBytes = 0;
        file.sync();
        file.close();
        finished.add(new FileMetadata(number, summary.sizeBytes(), summary.smallest(), summary.largest()));
        builder = null;
        file = null;
    }

    /** {@inheritDoc} So are their names. */
    @Override
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

    private void paceTo(long sizeBytes) {
        if (sizeBytes > pacedBytes) {
            pace.accept((int) (sizeBytes - pacedBytes));
            pacedBytes = sizeBytes;
        }
    }
}

package storagelab.grader.hidden.lab05;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.ChannelSource;
import storagelab.sstable.SsTable;
import storagelab.sstable.TableBuilder;
import storagelab.sstable.TableOptions;
import storagelab.sstable.TableSummary;

/** A disk with a table, for the hidden tests of 5.5. */
final class TableDisk {
    final CrashDisk disk = CrashDisk.create();
    final Path file = disk.root().resolve("000007.ldb");
    final StatsRecorder stats = new StatsRecorder();

    /** Writes the table that a builder makes of {@code entries}. */
    TableSummary build(Map<Slice, Slice> entries, TableOptions options) {
        try (StoreFile out = StoreFile.create(file, stats)) {
            TableBuilder builder = new TableBuilder(out, options);
            entries.forEach(builder::add);
            return builder.finish();
        }
    }

    /** Writes these bytes in place of whatever is there. */
    TableDisk holding(byte[] bytes) {
        TableForge.write(file, bytes);
        return this;
    }

    TableDump dump() {
        return TableDump.of(file);
    }

    SsTable open(@Nullable FilterPolicy policy) {
        return open(count -> BlockSlots.none(), policy);
    }

    SsTable open(IntFunction<BlockSlots> cache, @Nullable FilterPolicy policy) {
        return SsTable.open(new ChannelSource(file, stats), cache, policy);
    }

    /** Calls to read that the disk has seen. */
    long reads() {
        return disk.counters().reads();
    }

    /** Bytes that were read. */
    long bytesRead() {
        return stats.get(FileMetrics.BYTES_READ);
    }
}

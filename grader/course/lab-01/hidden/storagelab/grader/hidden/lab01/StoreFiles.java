package storagelab.grader.hidden.lab01;

import java.nio.file.Path;
import java.util.List;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.sortedlog.EntryCodec;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.PublishedTables;

/**
 * Writes the files of a durable store without a store: the directory in whatever state a recovery is to find it.
 */
final class StoreFiles {
    private final Path directory;

    StoreFiles(CrashDisk disk) {
        this.directory = disk.root();
    }

    Path directory() {
        return directory;
    }

    /** The list of tables, the newest first. */
    StoreFiles list(long firstLog, Long... newestFirst) {
        Bytes.write(
                directory.resolve("TABLES"),
                TableListHiddenTest.encode(new PublishedTables(List.of(newestFirst), firstLog)));
        return this;
    }

    StoreFiles table(long number, Entry... sorted) {
        Bytes.write(tableFile(number), TableBytes.encode(number, List.of(sorted)));
        return this;
    }

    /** A log that was closed in peace, with one record for each batch. */
    @SafeVarargs
    final StoreFiles closedLog(long number, List<Entry>... batches) {
        LogBytes log = logOf(batches);
        log.add(log.size(), Slice.EMPTY);
        Bytes.write(logFile(number), log.toByteArray());
        return this;
    }

    /** A log that a crash left: one record for each batch, nothing synced, and then {@code tail}. */
    @SafeVarargs
    final StoreFiles crashedLog(long number, byte[] tail, List<Entry>... batches) {
        Bytes.write(logFile(number), Bytes.joined(logOf(batches).toByteArray(), tail));
        return this;
    }

    Path tableFile(long number) {
        return FileNames.table(directory, number);
    }

    Path logFile(long number) {
        return FileNames.log(directory, number);
    }

    @SafeVarargs
    private static LogBytes logOf(List<Entry>... batches) {
        LogBytes log = new LogBytes();
        for (List<Entry> batch : batches) {
            log.add(0, EntryCodec.encodeAll(batch));
        }
        return log;
    }
}

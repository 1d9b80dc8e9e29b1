package storagelab.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeStore;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.wal.WriteAheadLog;

/**
 * Writes the state of a snapshot as a store of its own, while the store goes on.
 *
 * <p>In this order, each step durable before the next: the directory; its {@code FORMAT}, which says that the backup is not complete,
 * so that the directory is refused as a store; the engine with all entries; an empty log; the {@code FORMAT} of a store. A crash
 * leaves nothing, or a directory that is refused, or the whole backup.
 *
 * <p>The engine of the backup has the sequence of the snapshot, so the store that it becomes goes on where the snapshot was taken: n
 * entries get n sequences up to it. There are enough, since each entry was an operation of its own.
 *
 * <p>Example: a snapshot at 120 with the entries a, b and c. The B+tree is loaded with all three at once, and the last one is put
 * again at 120. The LSM tree gets its last batch, all three, at 118 to 120, and batches before it from 1 on.
 *
 * <p>Cost: all entries are read and written once; over the LSM tree, merges write them again. A batch of a mebibyte is in memory.
 */
final class Backup {
    private static final long BATCH_BYTES = 1 << 20;

    private Backup() {}

    /**
     * Writes {@code snapshot} to {@code target}, which is created if it is not there.
     *
     * @param options that the backup is opened with
     * @throws IllegalArgumentException if {@code target} has a file
     */
    static void write(EngineSnapshot snapshot, Path target, DurableOptions options) {
        StatsRecorder stats = new StatsRecorder();
        checkEmpty(target);
        Directories.create(target, stats);
        StoreFormat format = new StoreFormat(options.engine(), options.values());
        format.writeIncomplete(target, stats);
        Path folder = target.resolve(DurableStore.folder(options.engine()));
        try (StorageEngine engine = options.engine().open(folder, options);
                Cursor entries = snapshot.cursor(KeyRange.all())) {
            engine.useLog(() -> {}); // a backup needs no log: it is refused until it is complete
            fill(engine, entries, snapshot.sequence());
            engine.checkpoint();
        }
        Path log = target.resolve(DurableStore.LOG);
        Directories.create(log, stats);
        WriteAheadLog.create(log, snapshot.sequence(), options.log(), stats).close();
        format.write(target, stats);
    }

    private static void checkEmpty(Path target) {
        if (Files.notExists(target)) {
            return;
        }
        try (Stream<Path> files = Files.list(target)) {
            if (files.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        target + " is not empty: choose a directory for the backup that has no files");
            }
        } catch (IOException e) {
            throw new StorageIoException("listing " + target, e);
        }
    }

    /** Puts all entries into an empty engine, whose last sequence is {@code sequence} then. */
    private static void fill(StorageEngine engine, Cursor entries, long sequence) {
        WriteBatch last = new WriteBatch();
        if (engine instanceof BTreeStore tree) {
            long unused = tree.bulkLoad(entries);
            entries.seekToLast();
            if (entries.isValid()) {
                last.put(entries.key(), entries.value());
            }
        } else {
            last = fillInBatches(engine, entries);
        }
        if (last.isEmpty() && sequence > 0) {
            last.delete(Slice.EMPTY); // an operation that changes nothing, for its sequence
        }
        if (!last.isEmpty()) {
            engine.apply(sequence - last.operations().size() + 1, last);
        }
    }

    /** Applies all entries from sequence 1 on, but for the last ones, which it returns. */
    private static WriteBatch fillInBatches(StorageEngine engine, Cursor entries) {
        WriteBatch batch = new WriteBatch();
        long bytes = 0;
        long next = 1;
        for (entries.seekToFirst(); entries.isValid(); entries.next()) {
            if (bytes >= BATCH_BYTES) {
                engine.apply(next, batch);
                next += batch.operations().size();
                batch = new WriteBatch();
                bytes = 0;
            }
            Slice key = entries.key();
            Slice value = entries.value();
            batch.put(key, value);
            bytes += key.length() + value.length();
        }
        return batch;
    }
}

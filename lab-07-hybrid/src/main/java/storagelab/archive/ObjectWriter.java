package storagelab.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.codec.Crc32c;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.InternalKey;
import storagelab.sstable.SsTable;
import storagelab.sstable.TableBuilder;
import storagelab.sstable.TableSource;
import storagelab.sstable.TableSummary;

/**
 * Writes sorted entries as objects. A table is built in a file, the <em>spool</em>, and then stored by one request. The spool is not
 * synced: nothing of it is needed after a crash.
 *
 * <p>Concurrency: one thread. Closing gives up what is in the spool.
 */
final class ObjectWriter implements AutoCloseable {
    /** The name of the spool in the directory of an archive. */
    static final String SPOOL = "SPOOL";

    private final Path spool;
    private final ObjectStore store;
    private final ArchiveOptions options;
    private final StatsRecorder stats = new StatsRecorder();
    private final List<ArchiveObject> written = new ArrayList<>();
    private int finished; // of the written ones
    private long number;
    private @Nullable StoreFile file;
    private @Nullable TableBuilder table; // in the file
    private long sequence; // the largest in the table

    /**
     * A writer that has written nothing.
     *
     * @param directory where the spool is
     * @param number of the first object
     */
    ObjectWriter(Path directory, ObjectStore store, ArchiveOptions options, long number) {
        this.spool = directory.resolve(SPOOL);
        this.store = store;
        this.options = options;
        this.number = number;
    }

    /** Appends an entry, whose user key is greater than those since {@link #finish}. */
    void add(Slice internalKey, Slice value) {
        if (table == null) {
            StoreFile.delete(spool);
            file = StoreFile.create(spool, stats);
            table = new TableBuilder(file, options.table());
            sequence = 0;
        }
        table.add(internalKey, value);
        sequence = Math.max(sequence, InternalKey.sequence(internalKey));
        if (table.sizeBytes() >= options.sizes().objectBytes()) {
            store(table);
        }
    }

    /** The objects of the entries since the last call, all of which are stored when this returns; none if there were no entries. */
    List<ArchiveObject> finish() {
        if (table != null) {
            store(table);
        }
        List<ArchiveObject> sinceLast = List.copyOf(written.subList(finished, written.size()));
        finished = written.size();
        return sinceLast;
    }

    /** All objects that were stored, and that which was being stored when this failed. */
    List<ArchiveObject> written() {
        return written;
    }

    private void store(TableBuilder built) {
        TableSummary summary = built.finish();
        byte[] bytes;
        try (StoreFile source = StoreFile.openForReading(spool, stats)) {
            bytes = source.read(0, Math.toIntExact(summary.sizeBytes()));
        }
        ArchiveObject object = new ArchiveObject(
                number++,
                Crc32c.of(bytes),
                bytes.length,
                tailOffset(bytes),
                sequence,
                InternalKey.userKey(summary.smallest()),
                InternalKey.userKey(summary.largest()));
        written.add(object);
        store.put(options.prefix() + object.name(), Slice.wrap(bytes));
        close();
    }

    /** Where the first byte is that opening the table reads. That it opens proves the bytes, before they go away. */
    private long tailOffset(byte[] bytes) {
        Opened source = new Opened(spool, bytes);
        SsTable.open(source, unused -> BlockSlots.none(), ArchiveOptions.filter())
                .close();
        return source.firstRead;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
            file = null;
            table = null;
            StoreFile.delete(spool);
        }
    }

    /** The bytes of a table in memory, and where they are read. */
    private static final class Opened implements TableSource {
        private final Path path;
        private final byte[] bytes;
        private long firstRead;

        Opened(Path path, byte[] bytes) {
            this.path = path;
            this.bytes = bytes;
            this.firstRead = bytes.length;
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public long sizeBytes() {
            return bytes.length;
        }

        @Override
        public byte[] read(long offset, int length) {
            firstRead = Math.min(firstRead, offset);
            return Slice.wrap(bytes, (int) offset, length).toByteArray();
        }

        @Override
        public void close() {}
    }
}

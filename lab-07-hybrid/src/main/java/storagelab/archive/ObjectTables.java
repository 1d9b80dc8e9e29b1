package storagelab.archive;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.codec.Crc32c;
import storagelab.sstable.BlockCache;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.ChainedCursor;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.SsTable;

/**
 * Objects that are open for reading. The indexes and filters of those that were read last are in memory, within a budget, and blocks
 * within another.
 *
 * <p>Cost: the first read of an object is one request for its index and filters, and one for a block; a later one is a request for a block,
 * or none.
 *
 * <p>Concurrency: safe for many threads. The lock is not held for a request; two threads that open an object at once may both ask for it.
 */
final class ObjectTables {
    private final Path directory;
    private final ObjectStore store;
    private final ArchiveOptions options;
    private final BlockCache blocks;
    private final Map<ArchiveObject, SsTable> open = new LinkedHashMap<>(16, 0.75f, true); // guarded by this
    private long openBytes; // guarded by this

    ObjectTables(Path directory, ObjectStore store, ArchiveOptions options) {
        this.directory = directory;
        this.store = store;
        this.options = options;
        this.blocks = new BlockCache(options.memory().blockBytes());
    }

    /** The table of an object. It stays usable when it has to leave the memory. */
    SsTable open(ArchiveObject object) {
        SsTable found = find(object);
        return found != null ? found : keep(object, read(object));
    }

    private synchronized @Nullable SsTable find(ArchiveObject object) {
        return open.get(object);
    }

    private SsTable read(ArchiveObject object) {
        ObjectSource source = new ObjectSource(store, options, object, directory);
        SsTable table = SsTable.open(source, blocks::slots, ArchiveOptions.filter());
        source.dropTail();
        return table;
    }

    private synchronized SsTable keep(ArchiveObject object, SsTable table) {
        SsTable other = open.get(object);
        if (other != null) { // another thread was faster
            table.close();
            return other;
        }
        open.put(object, table);
        openBytes += object.tailBytes();
        while (openBytes > options.memory().indexBytes() && open.size() > 1) {
            remove(open.keySet().iterator().next());
        }
        return table;
    }

    /** Gives up what is in memory of objects that are not read any more. */
    synchronized void forget(List<ArchiveObject> objects) {
        objects.forEach(this::remove);
    }

    private synchronized void remove(ArchiveObject object) {
        SsTable table = open.remove(object);
        if (table != null) {
            openBytes -= object.tailBytes();
            table.close();
        }
    }

    /**
     * Reads an object as a whole, and proves that it is what the index says.
     *
     * @throws CorruptionException if it is not
     */
    void verify(ArchiveObject object) {
        ObjectSource source = new ObjectSource(store, options, object, directory);
        byte[] bytes = source.request(0, Math.toIntExact(object.sizeBytes())).toByteArray();
        int found = Crc32c.of(bytes);
        if (found != object.checksum()) {
            throw new CorruptionException(
                    source.path(), 0, "checksum %08x".formatted(object.checksum()), "%08x".formatted(found));
        }
    }

    /** Bytes of indexes and filters in memory, as they are in the objects. */
    synchronized long indexBytes() {
        return openBytes;
    }

    /** Bytes of blocks in memory. */
    long blockBytes() {
        return blocks.usedBytes();
    }

    /** A cursor over sorted objects that do not overlap, which opens an object when it comes to it. */
    InternalCursor cursor(List<ArchiveObject> sorted) {
        return new ChainedCursor(new Objects(sorted) {
            @Override
            public InternalCursor open(int index) {
                return ObjectTables.this.open(sorted.get(index)).cursor();
            }
        });
    }

    /** As {@link #cursor}, for reading everything once: in large pieces, of which nothing is kept. */
    InternalCursor sequentialCursor(List<ArchiveObject> sorted) {
        return new ChainedCursor(new Objects(sorted) {
            @Override
            public InternalCursor open(int index) {
                ArchiveObject object = sorted.get(index);
                ReadAheadSource source = new ReadAheadSource(
                        new ObjectSource(store, options, object, directory),
                        object,
                        options.sizes().readAheadBytes());
                return SsTable.open(source, unused -> BlockSlots.none(), null).cursor();
            }
        });
    }

    private abstract static class Objects implements ChainedCursor.Chain {
        private final List<ArchiveObject> sorted;

        Objects(List<ArchiveObject> sorted) {
            this.sorted = sorted;
        }

        @Override
        public int count() {
            return sorted.size();
        }

        @Override
        public int find(Slice internalKey) {
            return ArchiveIndex.find(sorted, InternalKey.userKey(internalKey));
        }
    }
}

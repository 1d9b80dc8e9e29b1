package storagelab.grader.bench.lab07;

import storagelab.api.WriteBatch;
import storagelab.archive.ArchiveOptions;
import storagelab.archive.ArchiveTier;
import storagelab.archive.CountingObjectStore;
import storagelab.archive.MemoryObjectStore;
import storagelab.disk.CrashDisk;
import storagelab.sstable.Compression;

/** An archive of orders in objects of 128 KiB, in memory, the indexes of which it may all keep. */
final class Archives implements AutoCloseable {
    static final int OBJECT_BYTES = 128 << 10;
    static final int BLOCK_BYTES = 4 << 10;

    private final CountingObjectStore objects = new CountingObjectStore(new MemoryObjectStore());
    private final ArchiveTier archive = ArchiveTier.open(
            CrashDisk.create().root().resolve("archive"),
            objects,
            ArchiveOptions.defaults("orders")
                    .withCompression(Compression.NONE)
                    .withSizes(new ArchiveOptions.Sizes(OBJECT_BYTES, BLOCK_BYTES, 1 << 20))
                    .withMemory(new ArchiveOptions.Memory(1L << 30, 0, 1L << 30))
                    .withRecentMax(Integer.MAX_VALUE));

    /** Writes so many orders, and stores them. */
    void store(int orders) {
        for (int i = 0; i < orders; i++) {
            archive.apply(i + 1L, new WriteBatch().put(Goods.order(i), Goods.value(i)));
        }
        archive.checkpoint();
    }

    ArchiveTier archive() {
        return archive;
    }

    /** The number in the value of an order. */
    long get(int order) {
        return archive.get(Goods.order(order)).map(Goods::number).orElse(-1L);
    }

    CountingObjectStore objects() {
        return objects;
    }

    @Override
    public void close() {
        archive.close();
    }
}

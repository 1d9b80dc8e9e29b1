package storagelab.sstable;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/**
 * Places in memory for the data blocks of one table, found by the number that the {@link TableIndex} gives them. What
 * was put may be gone at any moment: these are places in a cache.
 *
 * <p>Concurrency: safe for many threads.
 */
public interface BlockSlots extends Closeable {
    /** Places that keep nothing: every block is read whenever it is wanted. */
    static BlockSlots none() {
        return new BlockSlots() {
            @Override
            public @Nullable Block get(int number) {
                return null;
            }

            @Override
            public void put(int number, Block block) {}

            @Override
            public void close() {}
        };
    }

    /** The block with this number, if it is here. */
    @Nullable
    Block get(int number);

    /** Keeps a block, perhaps in place of others. */
    void put(int number, Block block);

    /** Gives up what is here. */
    @Override
    void close();
}

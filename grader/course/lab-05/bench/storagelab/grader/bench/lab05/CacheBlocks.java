package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import storagelab.sstable.Block;

/** Blocks without entries, which are told apart by their sizes. */
final class CacheBlocks {
    static final int BYTES = 4_096;

    private static final Path NOWHERE = Path.of("block");

    private CacheBlocks() {}

    /** A block of {@link #BYTES}, and some more. */
    static Block block(int moreBytes) {
        return new Block(new byte[BYTES + moreBytes], NOWHERE, 0);
    }
}

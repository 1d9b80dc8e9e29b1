package storagelab.btree;

import storagelab.cache.PolicyKind;
import storagelab.page.PageLayout;

/**
 * How a {@link BTreeStore} is set up.
 *
 * @param pageSizeBytes size of a page: a power of two from 1 KiB to 64 KiB. A store that is there already keeps its
 *     own, and cannot be opened with another
 * @param poolBytes memory for pages: at least 64 pages
 * @param policy which page goes when the pool is full
 * @param checkpointBytes a write that has brought the keys and values written since the last checkpoint to this many
 *     bytes makes a checkpoint
 */
public record BTreeOptions(int pageSizeBytes, long poolBytes, PolicyKind policy, long checkpointBytes) {
    /** The smallest pool, in pages. */
    public static final int POOL_PAGES_MIN = 64;

    private static final long DEFAULT_POOL_BYTES = 64L << 20;
    private static final long DEFAULT_CHECKPOINT_BYTES = 256L << 20;

    /** Checks the numbers. */
    public BTreeOptions {
        PageLayout.checkedPageSize(pageSizeBytes);
        if (poolBytes < (long) POOL_PAGES_MIN * pageSizeBytes) {
            throw new IllegalArgumentException("poolBytes " + poolBytes + " is less than " + POOL_PAGES_MIN
                    + " pages of " + pageSizeBytes + " bytes");
        }
        if (checkpointBytes < 1) {
            throw new IllegalArgumentException("checkpointBytes " + checkpointBytes + " is not positive");
        }
    }

    /** Pages of 4 KiB, 64 MiB of them in memory, the clock, and a checkpoint every 256 MiB. */
    public static BTreeOptions defaults() {
        return new BTreeOptions(
                PageLayout.DEFAULT_PAGE_BYTES, DEFAULT_POOL_BYTES, PolicyKind.CLOCK, DEFAULT_CHECKPOINT_BYTES);
    }

    /** These options with another page size. */
    public BTreeOptions withPageSizeBytes(int bytes) {
        return new BTreeOptions(bytes, poolBytes, policy, checkpointBytes);
    }

    /** These options with another pool size. */
    public BTreeOptions withPoolBytes(long bytes) {
        return new BTreeOptions(pageSizeBytes, bytes, policy, checkpointBytes);
    }

    /** These options with another policy. */
    public BTreeOptions withPolicy(PolicyKind kind) {
        return new BTreeOptions(pageSizeBytes, poolBytes, kind, checkpointBytes);
    }

    /**
     * These options with another distance of checkpoints; {@link Long#MAX_VALUE} for none but those that are asked for.
     */
    public BTreeOptions withCheckpointBytes(long bytes) {
        return new BTreeOptions(pageSizeBytes, poolBytes, policy, bytes);
    }

    /** Number of pages that fit into the pool. */
    public int poolPages() {
        return (int) Math.min(Integer.MAX_VALUE, poolBytes / pageSizeBytes);
    }
}

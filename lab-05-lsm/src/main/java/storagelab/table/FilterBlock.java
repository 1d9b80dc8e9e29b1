package storagelab.table;

import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;

/**
 * The filters of a table, see {@link FilterBlockBuilder}. What cannot be understood is taken for "perhaps".
 *
 * <p>Concurrency: immutable.
 */
final class FilterBlock {
    private final FilterPolicy policy;
    private final Slice bytes;
    private final int offsetsAt;
    private final int count;
    private final int baseBits;

    FilterBlock(FilterPolicy policy, Slice bytes) {
        this.policy = policy;
        this.bytes = bytes;
        int tail = bytes.length() - Integer.BYTES - 1;
        int at = tail < 0 ? -1 : fixed32(bytes, tail);
        boolean understood = at >= 0
                && at <= tail
                && bytes.byteAt(tail + Integer.BYTES) >= 0
                && bytes.byteAt(tail + Integer.BYTES) < Integer.SIZE;
        this.offsetsAt = at;
        this.count = understood ? (tail - at) / Integer.BYTES : 0;
        this.baseBits = understood ? bytes.byteAt(tail + Integer.BYTES) : 0;
    }

    /** False if the data block that begins at {@code blockOffset} does not have the key. */
    boolean mayContain(long blockOffset, Slice userKey) {
        long index = blockOffset >>> baseBits;
        if (index >= count) {
            return true;
        }
        int at = offsetsAt + (int) index * Integer.BYTES;
        int from = fixed32(bytes, at);
        int to = fixed32(bytes, at + Integer.BYTES); // behind the last offset is that of the first, where filters end
        if (from < 0 || to < from || to > offsetsAt) {
            return true;
        }
        return from < to && policy.mayContain(bytes.subSlice(from, to), userKey);
    }

    private static int fixed32(Slice bytes, int at) {
        return Integer.reverseBytes((int) (bytes.wordAt(at) >>> Integer.SIZE));
    }
}

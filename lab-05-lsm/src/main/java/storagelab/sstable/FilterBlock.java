package storagelab.sstable;

import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.course.ExercisePart;

/**
 * The filters of a table, as {@link FilterBlockBuilder} has made them, for reading.
 *
 * <p>Filters only spare reads, so that what cannot be understood is taken for "perhaps": a block of less than five
 * bytes, offsets that are not inside of it or do not ascend, a last byte of more than 31, a data block behind the last
 * filter. A filter without bytes has no keys, and its answer is "no". The last byte need not be 11: b / 2^(that byte) is
 * the number of the filter.
 *
 * <p>Cost: a filter of the policy is asked, and nothing is unpacked or copied.
 *
 * <p>Concurrency: immutable. Source: LevelDB, {@code table/filter_block.cc}.
 */
@ExercisePart("5.5")
public final class FilterBlock {
    private final FilterPolicy policy;
    private final Slice bytes;
    private final int offsetsAt;
    private final int count;
    private final int baseBits;

    /** The filters in {@code bytes}, any bytes whatsoever, which are asked by {@code policy}. */
    public FilterBlock(FilterPolicy policy, Slice bytes) {
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

    /**
     * Whether the data blocks of a table of so many bytes share one filter, number 0: then it can be asked for any of them.
     * Not if nothing is understood.
     */
    public boolean isOne(long tableBytes) {
        return count > 0 && tableBytes >>> baseBits == 0;
    }

    /** False if the data block that begins at {@code blockOffset} does not have this key of the user. */
    public boolean mayContain(long blockOffset, Slice userKey) {
        long index = blockOffset >>> baseBits;
        if (index < 0 || index >= count) {
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

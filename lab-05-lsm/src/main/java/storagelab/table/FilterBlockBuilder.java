package storagelab.table;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.codec.ByteWriter;

/**
 * Builds the filter block of a table: one filter for the data blocks that begin in each 2 KiB of the file.
 *
 * <p>Format: the filters, then the offset of each in this block (4 bytes, little-endian), then the offset of the first
 * of these offsets, then a byte, 11: two to the power of 11 is 2,048. A data block that begins at byte 9,000 has filter
 * 4. Where no data block begins, the filter is empty: two offsets are equal.
 *
 * <p>Source: LevelDB, {@code table/filter_block.cc}.
 */
final class FilterBlockBuilder {
    static final int BASE_BITS = 11;

    private final FilterPolicy policy;
    private final List<Slice> keys = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final ByteWriter filters = new ByteWriter(4 << 10);

    FilterBlockBuilder(FilterPolicy policy) {
        this.policy = policy;
    }

    /** A data block begins at {@code offset}. */
    void startBlock(long offset) {
        long wanted = offset >>> BASE_BITS;
        while (offsets.size() < wanted) {
            endFilter();
        }
    }

    /** The data block that was started last has this key of the user. */
    void add(Slice userKey) {
        keys.add(userKey);
    }

    Slice finish() {
        if (!keys.isEmpty()) {
            endFilter();
        }
        int offsetsAt = filters.size();
        offsets.forEach(filters::putFixed32);
        return filters.putFixed32(offsetsAt).putByte(BASE_BITS).view();
    }

    private void endFilter() {
        offsets.add(filters.size());
        if (!keys.isEmpty()) {
            filters.putBytes(policy.create(keys));
            keys.clear();
        }
    }
}

package storagelab.sstable;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.codec.ByteWriter;
import storagelab.course.ExercisePart;

/**
 * Builds the filter block of a table: one filter for the data blocks that <em>begin</em> in each 2,048 bytes of the
 * file. A block of 4,096 bytes has a filter of its own then, and the next number has an empty one; ten blocks that were
 * compressed to 200 bytes share one.
 *
 * <p>Format: the filters; the offset of each in this block (4 bytes, little-endian); the offset of the first of these
 * offsets, which is where the filters end (4 bytes); and a byte, 11, since two to the power of 11 is 2,048. The data
 * block that begins at byte b has filter number b / 2,048.
 *
 * <p>A filter is made of the keys that were added since the filter before it, when it is known that no further block
 * begins in its 2,048 bytes: {@link #startBlock} of a block farther on says so, and {@link #finish}. Where no key was
 * added a filter has no bytes: its offset is that of the next one. Behind the last data block no filter is needed, and
 * if no key was added after the last {@code startBlock}, none is made for it.
 *
 * <p>Example, with a policy whose filter of n keys is the byte n, for the sake of the example:
 * {@code startBlock(0), add(a), add(b), startBlock(5000), add(c), finish()}. The block at 5,000 has number 2, so the
 * filters 0 and 1 are ended when it starts: 0 has a and b, 1 has nothing. Then {@code finish} ends 2:
 *
 * <pre>
 *   02               filter 0, of a and b
 *   01               filter 2, of c
 *   00 00 00 00      filter 0 begins at byte 0
 *   01 00 00 00      filter 1 at byte 1, where
 *   01 00 00 00      filter 2 begins as well: filter 1 has no bytes
 *   02 00 00 00      the offsets begin at byte 2
 *   0b
 * </pre>
 *
 * <p>Without any block and any key it is {@code 00 00 00 00 0b}.
 *
 * <p>The number 11 is LevelDB's. Its reader takes whatever the last byte says, so that a filter can be for more: with 31
 * bits it is for two GiB, and there is one filter for a whole table. It can be asked before the index is ({@link
 * FilterBlock#isOne}). The example with 31 bits is {@code 03 00000000 01000000 1f}.
 *
 * <p>Cost: O(bytes); the keys since the last filter are kept, as bytes one behind the other.
 *
 * <p>Concurrency: one thread. Source: LevelDB, {@code table/filter_block.cc}.
 */
@ExercisePart("5.5")
public final class FilterBlockBuilder {
    /** LevelDB's filters are for the blocks that begin in 2^11 bytes. */
    public static final int LEVELDB_BASE_BITS = 11;

    private final FilterPolicy policy;
    private final int baseBits;
    private ByteWriter keys = new ByteWriter(0); // of the next filter, one behind the other
    private int[] keyEnds = new int[64];
    private int keyCount;
    private final List<Integer> offsets = new ArrayList<>();
    private final ByteWriter filters = new ByteWriter(4 << 10);

    /**
     * A builder that has no keys yet, of filters that {@code policy} makes.
     *
     * @param baseBits a filter is for the data blocks that begin in 2^baseBits bytes of the file; 0 to 31
     */
    public FilterBlockBuilder(FilterPolicy policy, int baseBits) {
        this.policy = policy;
        this.baseBits = baseBits;
    }

    /** A data block begins at {@code offset}, not before the one that was started last. */
    public void startBlock(long offset) {
        long wanted = offset >>> baseBits;
        while (offsets.size() < wanted) {
            endFilter();
        }
    }

    /** The data block that was started last has this key of the user, which is copied. */
    public void add(Slice userKey) {
        keys.putBytes(userKey);
        if (keyCount == keyEnds.length) {
            keyEnds = Arrays.copyOf(keyEnds, 2 * keyCount);
        }
        keyEnds[keyCount++] = keys.size();
    }

    /** Ends the block; called once. Its bytes may be the builder's own. */
    public Slice finish() {
        if (keyCount > 0) {
            endFilter();
        }
        int offsetsAt = filters.size();
        offsets.forEach(filters::putFixed32);
        return filters.putFixed32(offsetsAt).putByte(baseBits).view();
    }

    private void endFilter() {
        offsets.add(filters.size());
        if (keyCount > 0) {
            filters.putBytes(policy.create(keys()));
            keys = new ByteWriter(keys.size());
            keyCount = 0;
        }
    }

    /** The keys of the next filter: made as they are asked for, since a table may have a million. */
    private List<Slice> keys() {
        Slice all = keys.view();
        return new AbstractList<>() {
            @Override
            public Slice get(int index) {
                return all.subSlice(index == 0 ? 0 : keyEnds[index - 1], keyEnds[index]);
            }

            @Override
            public int size() {
                return keyCount;
            }
        };
    }
}

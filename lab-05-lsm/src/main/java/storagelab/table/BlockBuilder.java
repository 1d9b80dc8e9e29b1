package storagelab.table;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;

/**
 * Builds a block: sorted entries that share the fronts of their keys. Neighbours in a table often differ only at their
 * ends, so an entry stores how many bytes it has in common with the one before, and the rest.
 *
 * <p>Format: entries, then restart offsets, then their number. An entry is
 * {@code varint shared, varint unshared, varint valueLength}, the unshared bytes of the key, the value. Every
 * {@code restartInterval}-th entry, the first among them, is a <em>restart</em>: it shares nothing, so that a search
 * can begin there. The offsets of the restarts (4 bytes each, little-endian) and their number (4 bytes) end the block.
 *
 * <p>Example: {@code apple=1, apply=2, banana=3} with an interval of 16:
 *
 * <pre>
 *   00 05 01 "apple" "1"    shares 0 bytes, has 5 of its own, a value of 1
 *   04 01 01 "y" "2"        shares "appl"
 *   00 06 01 "banana" "3"   shares nothing with "apply", and is no restart for that
 *   00 00 00 00             the restart
 *   01 00 00 00             there is one
 * </pre>
 *
 * <p>Cost: O(bytes) in all.
 *
 * <p>Concurrency: one thread. Source: LevelDB, {@code table/block_builder.cc}.
 */
public final class BlockBuilder {
    private final int restartInterval;
    private final ByteWriter out = new ByteWriter(8 << 10);
    private final List<Integer> restarts = new ArrayList<>();
    private int sinceRestart;
    private Slice last = Slice.EMPTY;

    /**
     * A builder of an empty block.
     *
     * @throws IllegalArgumentException if {@code restartInterval} is less than 1
     */
    public BlockBuilder(int restartInterval) {
        if (restartInterval < 1) {
            throw new IllegalArgumentException("a restart every " + restartInterval + " entries");
        }
        this.restartInterval = restartInterval;
        reset();
    }

    /**
     * Appends an entry. Its key has to be greater than all before, in whatever order the block is in: this is not
     * checked.
     */
    public void add(Slice key, Slice value) {
        int shared = 0;
        if (sinceRestart < restartInterval) {
            shared = shared(last, key);
        } else {
            restarts.add(out.size());
            sinceRestart = 0;
        }
        out.putVarint32(shared).putVarint32(key.length() - shared).putVarint32(value.length());
        out.putBytes(key.subSlice(shared, key.length())).putBytes(value);
        last = key;
        sinceRestart++;
    }

    /** Ends the block. Valid until the next call of {@link #reset}. */
    public Slice finish() {
        for (int restart : restarts) {
            out.putFixed32(restart);
        }
        return out.putFixed32(restarts.size()).view();
    }

    /** Bytes that the block would have if it ended now. */
    public int sizeBytes() {
        return out.size() + Integer.BYTES * (restarts.size() + 1);
    }

    /** Whether there are no entries. */
    public boolean isEmpty() {
        return out.size() == 0;
    }

    /** Begins a new block. */
    public void reset() {
        out.clear();
        restarts.clear();
        restarts.add(0);
        sinceRestart = 0;
        last = Slice.EMPTY;
    }

    private static int shared(Slice one, Slice other) {
        int length = Math.min(one.length(), other.length());
        int same = 0;
        while (same < length && one.byteAt(same) == other.byteAt(same)) {
            same++;
        }
        return same;
    }
}

package storagelab.sstable;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * Builds a block: sorted entries that share the fronts of their keys. Neighbours in a table often differ only at their
 * ends, so an entry stores how many bytes it has in common with the one before, and the rest.
 *
 * <p>The price is that an entry cannot be read without the one before it. So every now and then one is written in full,
 * a <em>restart</em>, and where the restarts are is written behind the entries: that is where a search can begin
 * ({@link BlockCursor}).
 *
 * <p>Format: entries, then the offsets of the restarts (4 bytes each, little-endian), then their number (4 bytes). An
 * entry is
 *
 * <table>
 *   <caption>An entry</caption>
 *   <tr><th>size</th><th>field</th></tr>
 *   <tr><td>varint</td><td>how many bytes its key has in common with the key before: as many as there are</td></tr>
 *   <tr><td>varint</td><td>how many bytes follow those in its key</td></tr>
 *   <tr><td>varint</td><td>the length of its value</td></tr>
 *   <tr><td></td><td>these bytes of the key, then the value</td></tr>
 * </table>
 *
 * <p>The first entry is a restart, and then every {@code restartInterval}-th. A restart has 0 in its first field,
 * whatever the key before was. A block without entries has one restart all the same, at 0: these are the eight bytes
 * {@code 00 00 00 00 01 00 00 00}. Varints are those of lab 1 ({@link ByteWriter}).
 *
 * <p>Example: {@code apple=1, apply=2, banana=3} with an interval of 16 are 32 bytes:
 *
 * <pre>
 *   00 05 01 61 70 70 6c 65 31        shares 0 bytes, has 5 of its own, "apple", and a value of 1 byte, "1"
 *   04 01 01 79 32                    shares "appl", has "y"
 *   00 06 01 62 61 6e 61 6e 61 33     shares nothing with "apply", and is no restart for that
 *   00 00 00 00                       the restart: byte 0
 *   01 00 00 00                       there is one
 * </pre>
 *
 * <p>With an interval of 2 the third entry is a restart as well, {@code 0e 00 00 00} (byte 14) stands behind
 * {@code 00 00 00 00}, and the number is 2: 36 bytes.
 *
 * <p>Cost: O(bytes) in all, with {@link #sizeBytes} after each entry. What the builder keeps of the keys is the last
 * one.
 *
 * <p>Concurrency: one thread. Source: LevelDB, {@code table/block_builder.cc}.
 */
@Exercise(
        id = "5.4",
        title = "Blocks that share the fronts of keys",
        points = 8,
        difficulty = Difficulty.MEDIUM,
        hours = 4,
        needs = "5.2")
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
     * checked, and the builder does not compare keys but for what they share. The key is kept until the next one comes,
     * so that its bytes may not change; those of the value may, when this has returned.
     */
    public void add(Slice key, Slice value) {
        int shared = 0;
        if (sinceRestart < restartInterval) {
            shared = last.commonPrefix(key);
        } else {
            restarts.add(out.size());
            sinceRestart = 0;
        }
        out.putVarint32(shared).putVarint32(key.length() - shared).putVarint32(value.length());
        out.putBytes(key.subSlice(shared, key.length())).putBytes(value);
        last = key;
        sinceRestart++;
    }

    /**
     * Ends the block; called once, and nothing but {@link #reset} after it.
     *
     * @return the block, whose bytes may be the builder's own: they are good until {@link #reset} is called
     */
    public Slice finish() {
        for (int restart : restarts) {
            out.putFixed32(restart);
        }
        return out.putFixed32(restarts.size()).view();
    }

    /** Bytes that the block would have if it ended now: 32 in the example, and 8 when it is empty. */
    public int sizeBytes() {
        return out.size() + Integer.BYTES * (restarts.size() + 1);
    }

    /** Whether there are no entries. */
    public boolean isEmpty() {
        return out.size() == 0;
    }

    /** Begins a new block, which has nothing to do with the one before. */
    public void reset() {
        out.clear();
        restarts.clear();
        restarts.add(0);
        sinceRestart = 0;
        last = Slice.EMPTY;
    }
}

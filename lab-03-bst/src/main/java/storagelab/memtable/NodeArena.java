package storagelab.memtable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.course.Solution;

/**
 * The nodes of a memtable's skip list: pieces of an {@link Arena} of longs, named by their positions. The bytes of the
 * values are in a second arena.
 *
 * <p>Format of a node with a tower of h levels and a key of w numbers (see {@link SearchKey}), in longs from its position:
 *
 * <pre>
 *   −h … −1    position of the next node on level h−1 … 0, 0 for none
 *    0         length of the key (upper 32 bits) and of the value (lower 32 bits)
 *    1 … w     the key
 *   w+1        sequence · 2, and 1 more for a tombstone
 *   w+2        position of the value
 * </pre>
 *
 * <p>The tower grows downwards, so that every level and the key are found without knowing how high it is, and the links
 * that are followed most lie beside the key that is looked at next: one cache line a step. Entries of 16 and 100 bytes take
 * 1⅔ + 5 longs and 100 bytes, 153 bytes in all.
 *
 * <p>Concurrency: only the tower changes once a node is linked. {@link #next} acquires what {@link #link} released, so that
 * whoever finds a node sees all of it.
 */
@Solution
final class NodeArena {
    /** The position of no node. */
    static final long NONE = 0;

    private static final int KEY = 1;
    private static final VarHandle LINKS = MethodHandles.arrayElementVarHandle(long[].class);

    private final Arena<long[]> words = new Arena<>(new long[0][], long[]::new, Long.BYTES);
    private final Arena<byte[]> values = new Arena<>(new byte[0][], byte[]::new, Byte.BYTES);

    /** A node with a tower and nothing else: where a list begins. */
    long createHead(int height) {
        return words.allocate(height + 1) + height;
    }

    /** A node that is not linked yet. */
    long create(int height, SearchKey key, Entry entry) {
        int keyWords = key.wordCount();
        long node = words.allocate(height + KEY + keyWords + 2) + height;
        long[] chunk = chunk(node);
        int at = Arena.offsetOf(node);
        Slice value = entry.value();
        chunk[at] = (long) key.length << Integer.SIZE | value.length();
        for (int i = 0; i < keyWords; i++) {
            chunk[at + KEY + i] = key.word(i);
        }
        chunk[at + KEY + keyWords] = key.sequence << 1 | (entry.tombstone() ? 1 : 0);
        if (!value.isEmpty()) {
            long position = values.allocate(value.length());
            value.copyTo(values.chunks()[Arena.chunkOf(position)], Arena.offsetOf(position));
            chunk[at + KEY + keyWords + 1] = position;
        }
        return node;
    }

    /** The chunks with the nodes, see {@link Arena#chunks}. */
    long[][] chunks() {
        return words.chunks();
    }

    /** The node after {@code node} on {@code level}. */
    long next(long node, int level) {
        return next(chunk(node), Arena.offsetOf(node), level);
    }

    /** The node after the one at {@code at} in {@code chunk}. */
    static long next(long[] chunk, int at, int level) {
        return (long) LINKS.getAcquire(chunk, at - 1 - level);
    }

    /** Sets the link of a node that is not yet linked on {@code level} itself. */
    void setNext(long node, int level, long next) {
        chunk(node)[Arena.offsetOf(node) - 1 - level] = next;
    }

    /** Puts {@code node} between {@code before} and {@code next}, and says whether they were still neighbours. */
    boolean link(long before, int level, long next, long node) {
        return LINKS.compareAndSet(chunk(before), Arena.offsetOf(before) - 1 - level, next, node);
    }

    /** Negative, zero or positive as {@code node} is before, at or after {@code key}: key ascending, sequence descending. */
    int compare(long node, SearchKey key) {
        return compare(chunk(node), Arena.offsetOf(node), key);
    }

    /** The same for the node at {@code at} in {@code chunk}. */
    static int compare(long[] chunk, int at, SearchKey key) {
        long first = chunk[at + KEY];
        if (first != key.first) {
            return Long.compareUnsigned(first, key.first);
        }
        int order = compareRest(chunk, at, key);
        return order != 0 ? order : Long.compare(key.sequence, tag(chunk, at) >>> 1);
    }

    /** Whether the nodes are versions of one key. */
    boolean sameKey(long node, long other) {
        long[] chunk = chunk(node);
        int at = Arena.offsetOf(node);
        long[] otherChunk = chunk(other);
        int otherAt = Arena.offsetOf(other);
        int length = keyLength(chunk, at);
        return length == keyLength(otherChunk, otherAt)
                && Arrays.equals(
                        chunk,
                        at + KEY,
                        at + KEY + SearchKey.wordCount(length),
                        otherChunk,
                        otherAt + KEY,
                        otherAt + KEY + SearchKey.wordCount(length));
    }

    /** Whether {@code node} is a version of that key. */
    boolean hasKey(long node, SearchKey key) {
        long[] chunk = chunk(node);
        int at = Arena.offsetOf(node);
        return chunk[at + KEY] == key.first && compareRest(chunk, at, key) == 0;
    }

    /** The eight bytes of the key of {@code node} from {@code index} on, see {@link Slice#wordAt}. */
    long keyWordAt(long node, int index) {
        long[] chunk = chunk(node);
        int at = Arena.offsetOf(node);
        int shift = index % Long.BYTES * Byte.SIZE;
        long word = keyWord(chunk, at, index / Long.BYTES) << shift;
        return shift == 0 ? word : word | keyWord(chunk, at, index / Long.BYTES + 1) >>> (Long.SIZE - shift);
    }

    long sequence(long node) {
        return tag(node) >>> 1;
    }

    boolean isTombstone(long node) {
        return (tag(node) & 1) != 0;
    }

    /** The key of {@code node}, a copy. */
    Slice key(long node) {
        long[] chunk = chunk(node);
        int at = Arena.offsetOf(node);
        return SearchKey.keyOf(chunk, at + KEY, keyLength(chunk, at));
    }

    /** The value of {@code node}, a view of the arena. */
    Slice value(long node) {
        long[] chunk = chunk(node);
        int at = Arena.offsetOf(node);
        int length = (int) chunk[at];
        if (length == 0) {
            return Slice.EMPTY;
        }
        long position = chunk[at + KEY + SearchKey.wordCount(keyLength(chunk, at)) + 1];
        return Slice.wrap(values.chunks()[Arena.chunkOf(position)], Arena.offsetOf(position), length);
    }

    /** Heap that the nodes and values take. */
    long reservedBytes() {
        return words.reservedBytes() + values.reservedBytes();
    }

    /** Compares the keys from their second number on. */
    private static int compareRest(long[] chunk, int at, SearchKey key) {
        int length = keyLength(chunk, at);
        int common = SearchKey.wordCount(Math.min(length, key.length));
        for (int i = 1; i < common; i++) {
            long word = chunk[at + KEY + i];
            long wanted = key.word(i);
            if (word != wanted) {
                return Long.compareUnsigned(word, wanted);
            }
        }
        return Integer.compare(length, key.length);
    }

    /** Number {@code index} of the key of the node at {@code at} in {@code chunk}, zero beyond its end. */
    private static long keyWord(long[] chunk, int at, int index) {
        return index < SearchKey.wordCount(keyLength(chunk, at)) ? chunk[at + KEY + index] : 0;
    }

    private long tag(long node) {
        return tag(chunk(node), Arena.offsetOf(node));
    }

    private static long tag(long[] chunk, int at) {
        return chunk[at + KEY + SearchKey.wordCount(keyLength(chunk, at))];
    }

    private long[] chunk(long node) {
        return words.chunks()[Arena.chunkOf(node)];
    }

    private static int keyLength(long[] chunk, int at) {
        return (int) (chunk[at] >>> Integer.SIZE);
    }
}

package storagelab.btree.toy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import storagelab.course.Toy;

/**
 * A B+tree that changes its pages where they are in the file. It is not careless: when {@code put} returns, everything
 * is synced. But a split changes three pages, each of two sectors, and a crash leaves any part of that.
 *
 * <p>Format: pages of 128 big-endian longs; page 0 is the root. 0 for a leaf, 1 for a branch; the number of keys; from
 * word 2 on the keys; from word 64 on the values of a leaf, or the children of a branch, one more than it has keys.
 *
 * @param file the pages
 */
@Toy("changes pages in place and checks nothing; keys and values are longs; no deletes; one thread")
public record InPlaceTree(FileChannel file) implements Closeable {
    private static final int PAGE_BYTES = 1024;
    private static final int WORDS = PAGE_BYTES / Long.BYTES;
    private static final int KIND = 0; // of the words of a page
    private static final int COUNT = 1;
    private static final int KEYS = 2;
    private static final int VALUES = WORDS / 2;
    private static final int KEYS_MAX = VALUES - KEYS - 1;
    private static final int BRANCH = 1;
    private static final int ROOT = 0;

    private record Split(long separator, long right) {} // for the branch above

    /** Opens the tree in {@code path}; an empty file is an empty tree. The caller syncs the directory. */
    public static InPlaceTree open(Path path) throws IOException {
        return new InPlaceTree(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Stores {@code value} under {@code key} and syncs. */
    public void put(long key, long value) throws IOException {
        Split split = putBelow(ROOT, key, value);
        if (split != null) { // the root stays where it is: what is left of it moves below
            long[] root = new long[WORDS];
            root[KIND] = BRANCH;
            root[VALUES] = newPage(read(ROOT));
            insert(root, 0, split.separator, split.right);
            write(ROOT, root);
        }
        file.force(true);
    }

    /** The value of {@code key}. */
    public OptionalLong get(long key) throws IOException {
        long[] words = read(ROOT);
        while (words[KIND] == BRANCH) {
            words = read(words[VALUES + keysUpTo(words, key)]);
        }
        int place = keysUpTo(words, key) - 1;
        return place >= 0 && words[KEYS + place] == key ? OptionalLong.of(words[VALUES + place]) : OptionalLong.empty();
    }

    /** Gives all keys and values to {@code sink}, in the order in which they lie below {@code page}; 0 is the root. */
    public void forEach(long page, BiConsumer<Long, Long> sink) throws IOException {
        long[] words = read(page);
        for (int i = 0; i < words[COUNT] + words[KIND]; i++) {
            if (words[KIND] == BRANCH) {
                forEach(words[VALUES + i], sink);
            } else {
                sink.accept(words[KEYS + i], words[VALUES + i]);
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private @Nullable Split putBelow(long page, long key, long value) throws IOException {
        long[] words = read(page);
        int place = keysUpTo(words, key);
        if (words[KIND] == BRANCH) {
            Split below = putBelow(words[VALUES + place], key, value);
            if (below == null) {
                return null;
            }
            insert(words, place, below.separator, below.right);
        } else if (place > 0 && words[KEYS + place - 1] == key) {
            words[VALUES + place - 1] = value;
        } else {
            insert(words, place, key, value);
        }
        Split split = words[COUNT] < KEYS_MAX ? null : split(words);
        write(page, words);
        return split;
    }

    /** Moves the upper half of a page to a new one; the middle key of a branch is in neither of them then. */
    private Split split(long[] left) throws IOException {
        int middle = KEYS_MAX / 2;
        int from = middle + (int) left[KIND];
        long[] right = new long[WORDS];
        right[KIND] = left[KIND];
        right[COUNT] = KEYS_MAX - from;
        System.arraycopy(left, KEYS + from, right, KEYS, KEYS_MAX - from);
        System.arraycopy(left, VALUES + from, right, VALUES, KEYS_MAX - from + (int) left[KIND]);
        left[COUNT] = middle;
        return new Split(left[KEYS + middle], newPage(right));
    }

    private static int keysUpTo(long[] words, long key) {
        int found = Arrays.binarySearch(words, KEYS, KEYS + (int) words[COUNT], key);
        return found >= 0 ? found - KEYS + 1 : -found - 1 - KEYS;
    }

    private static void insert(long[] words, int place, long key, long value) {
        int at = VALUES + place + (int) words[KIND]; // a child is to the right of its key
        System.arraycopy(words, KEYS + place, words, KEYS + place + 1, KEYS_MAX - place);
        System.arraycopy(words, at, words, at + 1, WORDS - at - 1);
        words[KEYS + place] = key;
        words[at] = value;
        words[COUNT]++;
    }

    private long newPage(long[] words) throws IOException {
        return write(Math.max(ROOT + 1, file.size() / PAGE_BYTES), words);
    }

    private long[] read(long page) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PAGE_BYTES);
        file.read(bytes, page * PAGE_BYTES); // behind the end of the file: zeros, an empty leaf
        long[] words = new long[WORDS];
        bytes.clear().asLongBuffer().get(words);
        return words;
    }

    private long write(long page, long[] words) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PAGE_BYTES);
        bytes.asLongBuffer().put(words);
        file.write(bytes, page * PAGE_BYTES);
        return page;
    }
}

package storagelab.sstable;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;
import storagelab.course.ExercisePart;

/**
 * The index of a table, taken apart when the table is opened: the separators and the handles of the data blocks, which
 * have numbers here, from 0 on.
 *
 * <p>In the file it is a block ({@link Block}). Each of its keys is an internal key that is not less than the last one of
 * a data block, and less than the first one of the next; its value is the {@link BlockHandle} of that data block.
 *
 * <p>It is asked for every get, and a search that unpacks an entry at each step would wait for memory at each step. So
 * the eight bytes in which separators first differ lie side by side, as hints do in lab 4's slotted page, and whole keys
 * are compared only where these are equal. That is one way to do it. What is asked for is that a search unpacks nothing
 * and makes no objects.
 *
 * <p>Example: data blocks with the keys {@code apple@9 .. cherry@4}, {@code cherry@3 .. fig@8} and {@code kiwi@2 ..
 * lemon@7}. The separators are {@code cherry@4} (no shorter key lies between two versions of one key), {@code g} with the
 * largest tag, and {@code m} with the largest tag. {@code cherry} at 4 is in block 0 if it is anywhere; {@code cherry} at 3
 * in block 1; {@code grape}, which is between {@code g} and {@code m}, in block 2, which does not have it either;
 * {@code zebra} is behind all blocks: 3.
 *
 * <p>The last entry is behind all blocks and not between two. It is so short that it has little in common with the others,
 * and has no hint.
 *
 * <p>Cost: a search O(log n) comparisons of numbers, and O(log m) of keys where m hints are equal; never O(m).
 *
 * <p>Concurrency: immutable.
 */
@ExercisePart("5.5")
public final class TableIndex {
    private final byte[] keys; // of the user, one behind the other
    private final int[] keyEnds;
    private final long[] tags;
    private final BlockHandle[] handles;
    private final Slice front; // what every separator between two blocks begins with
    private final long[] hints; // the eight bytes behind that

    /**
     * Reads an index.
     *
     * @throws storagelab.api.CorruptionException if the block makes no sense, or a value in it is no handle
     */
    public TableIndex(Block block) {
        ByteWriter bytes = new ByteWriter(block.sizeBytes());
        List<Slice> users = new ArrayList<>();
        List<Long> itsTags = new ArrayList<>();
        List<BlockHandle> itsHandles = new ArrayList<>();
        BlockCursor cursor = block.cursor();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            Slice key = cursor.key();
            users.add(InternalKey.userKey(key));
            itsTags.add(InternalKey.tag(key));
            itsHandles.add(handle(block, cursor.value()));
            bytes.putBytes(InternalKey.userKey(key));
        }
        int count = users.size();
        this.keys = bytes.toSlice().toByteArray();
        this.keyEnds = new int[count];
        this.tags = itsTags.stream().mapToLong(Long::longValue).toArray();
        this.handles = itsHandles.toArray(BlockHandle[]::new);
        List<Slice> between = users.subList(0, Math.max(0, count - 1));
        this.front = front(between);
        this.hints =
                between.stream().mapToLong(user -> user.wordAt(front.length())).toArray();
        for (int i = 0, end = 0; i < count; i++) {
            end += users.get(i).length();
            keyEnds[i] = end;
        }
    }

    private static Slice front(List<Slice> sorted) {
        if (sorted.isEmpty()) {
            return Slice.EMPTY;
        }
        Slice first = sorted.get(0);
        return first.subSlice(0, first.commonPrefix(sorted.get(sorted.size() - 1)));
    }

    /** Number of data blocks. */
    public int count() {
        return handles.length;
    }

    /** Where a data block is. */
    public BlockHandle handle(int index) {
        return handles[index];
    }

    /**
     * The first data block that may have the internal key of these two parts, or what comes right behind it: the one of
     * the first separator that is not less. {@link #count} if all separators are less.
     */
    public int find(Slice userKey, long tag) {
        int found = hints.length;
        if (userKey.startsWith(front)) {
            found = findBetween(userKey, tag);
        } else if (userKey.compareTo(front) < 0) {
            found = 0;
        }
        boolean isBehind = found == hints.length && found < count() && isBelow(found, userKey, tag);
        return isBehind ? count() : found;
    }

    /** The first separator between two blocks that is not less than the key, which begins as they do. */
    private int findBetween(Slice userKey, long tag) {
        long hint = userKey.wordAt(front.length());
        int from = firstNotBelow(hint);
        int to = from < hints.length && hints[from] == hint ? firstAbove(hint) : from;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (isBelow(middle, userKey, tag)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private int firstNotBelow(long hint) {
        int from = 0;
        int length = hints.length;
        while (length > 0) {
            int half = length >>> 1;
            boolean below = Long.compareUnsigned(hints[from + half], hint) < 0;
            from = below ? from + half + 1 : from;
            length = below ? length - half - 1 : half;
        }
        return from;
    }

    /** The end of the separators whose hint is {@code hint}: of equal hints there may be as many as separators. */
    private int firstAbove(long hint) {
        boolean isLargest = hint == -1; // unsigned
        return isLargest ? hints.length : firstNotBelow(hint + 1);
    }

    private boolean isBelow(int index, Slice userKey, long tag) {
        int order = userKey.compareTo(keys, index == 0 ? 0 : keyEnds[index - 1], keyEnds[index]);
        return order != 0 ? order > 0 : Long.compareUnsigned(tags[index], tag) > 0;
    }

    private static BlockHandle handle(Block index, Slice encoded) {
        try {
            return BlockHandle.readFrom(new ByteReader(encoded));
        } catch (MalformedBytesException e) {
            throw index.damaged("a block handle", encoded.toString());
        }
    }
}

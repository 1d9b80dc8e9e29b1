package storagelab.sstable;

import java.util.Arrays;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.course.ExercisePart;

/**
 * A position in a {@link Block} whose keys are {@linkplain InternalKey internal keys}, in their order ({@link
 * InternalKeyOrder}), which is not the order of their bytes.
 *
 * <p>A seek halves the restarts, whose keys are there in full, until it knows the last one before the key that it looks
 * for; from there it reads entry by entry, at most a restart interval of them. A step back has no way but to begin at a
 * restart and read forward up to where it came from: at the last restart before this entry.
 *
 * <p>Example: a block with the restarts {@code apple}, {@code cherry} and {@code fig}, and behind {@code cherry} the
 * entries {@code date} and {@code elder}. {@code seek(elder)} compares with the restarts {@code cherry} and {@code fig},
 * and then reads {@code cherry}, {@code date}, {@code elder}. {@code prev()} from there reads {@code cherry} and
 * {@code date}; from {@code cherry}, which is a restart itself, it reads everything from {@code apple} on. Nothing else
 * of the block is looked at: not a byte of what is behind {@code fig}.
 *
 * <p>Cost: {@code seek} O(log r) keys of restarts, and O(i) entries, for r restarts of i entries; {@code next} O(1);
 * {@code prev} O(log r + i). Moving makes no objects: keys are put together in one array that is used again and again, and grows
 * when a key is longer. {@link #key} copies, {@link #value} does not.
 *
 * <p>Errors: whatever the bytes are, each call comes to an end, and if it meets an entry that makes no sense it throws
 * {@link Block#damaged}: a varint that does not end or is too large, a key that shares more than the key before has, or
 * has less than eight bytes; a key or a value that does not end before the restarts; a restart that is not before them,
 * or whose entry shares something. Where the cursor is then is not said. {@code next}, {@code prev}, {@code key},
 * {@code value} and {@code kind} of a cursor that is at no entry are an {@link IllegalStateException}.
 *
 * <p>Concurrency: one thread. Source: LevelDB, {@code table/block.cc}.
 */
@ExercisePart("5.4")
public final class BlockCursor implements InternalCursor {
    private static final int NONE = -1;
    private static final int FIFTH_BYTE_MAX = 0x0f; // of a varint: four bytes have 28 of 32 bits

    private final Block block;
    private final byte[] bytes;
    private final int end;

    private int entry = NONE; // where the entry of the cursor begins
    private int next; // where the one behind it begins
    private byte[] key = new byte[64];
    private int keyLength;
    private int valueStart;
    private int read; // where the varint ended that was read last

    BlockCursor(Block block) {
        this.block = block;
        this.bytes = block.bytes();
        this.end = block.entriesEnd();
    }

    @Override
    public boolean isValid() {
        return entry != NONE;
    }

    @Override
    public void seekToFirst() {
        toRestart(0);
        step();
    }

    @Override
    public void seekToLast() {
        toRestart(Math.max(0, block.restartCount() - 1));
        step();
        while (entry != NONE && next < end) {
            step();
        }
    }

    @Override
    public void seek(Slice internalKey) {
        seek(InternalKey.userKey(internalKey), InternalKey.tag(internalKey));
    }

    /**
     * As {@link #seek(Slice)}, with the key in its two parts, so that who looks for a version of a key need not put
     * them together: {@code seek("a", }{@link InternalKey#tag(long, ValueKind) tag(4, VALUE)}{@code )}.
     */
    public void seek(Slice userKey, long tag) {
        toRestart(lastRestartBefore(userKey, tag));
        step();
        while (entry != NONE && compare(key, 0, keyLength, userKey, tag) < 0) {
            step();
        }
    }

    @Override
    public void next() {
        checkValid();
        step();
    }

    @Override
    public void prev() {
        checkValid();
        int before = entry;
        toRestart(lastRestartBefore(before));
        if (next >= before) {
            entry = NONE;
            return;
        }
        do {
            step();
        } while (entry != NONE && next < before);
    }

    @Override
    public Slice key() {
        checkValid();
        return Slice.wrap(Arrays.copyOf(key, keyLength));
    }

    /** Whether the cursor is at an entry, and that is a version of this key of the user. */
    public boolean isAt(Slice userKey) {
        return entry != NONE && userKey.compareTo(key, 0, keyLength - InternalKey.TAG_BYTES) == 0;
    }

    /**
     * What the write of the entry did.
     *
     * @throws CorruptionException if its code is that of no kind
     */
    public ValueKind kind() {
        checkValid();
        int code = key[keyLength - InternalKey.TAG_BYTES] & 0xff;
        if (code > ValueKind.VALUE.code()) {
            throw block.damaged("a put or a deletion", "a kind " + code + " at byte " + entry);
        }
        return ValueKind.of(code);
    }

    @Override
    public Slice value() {
        checkValid();
        return Slice.wrap(bytes, valueStart, next - valueStart);
    }

    @Override
    public void close() {
        entry = NONE;
    }

    /** The last restart whose key is less than what is looked for; 0 if there is none. */
    private int lastRestartBefore(Slice userKey, long tag) {
        int low = 0;
        int high = block.restartCount() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            int at = block.restart(middle);
            int shared = varint(at);
            int unshared = varint(read);
            int valueLength = varint(read);
            if (shared != 0 || unshared < InternalKey.TAG_BYTES || unshared > end - read || valueLength < 0) {
                throw block.damaged("a whole key at restart " + middle, "something else at byte " + at);
            }
            if (compare(bytes, read, unshared, userKey, tag) < 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The last restart that begins before this byte of the block; 0 if there is none. */
    private int lastRestartBefore(int byteOfBlock) {
        int low = 0;
        int high = block.restartCount() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (block.restart(middle) < byteOfBlock) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Compares the internal key in {@code array} with another one, as {@link InternalKeyOrder} does. */
    private static int compare(byte[] array, int from, int length, Slice userKey, long tag) {
        int userEnd = from + length - InternalKey.TAG_BYTES;
        int order = -userKey.compareTo(array, from, userEnd);
        return order != 0 ? order : Long.compareUnsigned(tag, tagAt(array, userEnd));
    }

    private static long tagAt(byte[] array, int from) {
        long tag = 0;
        for (int i = InternalKey.TAG_BYTES - 1; i >= 0; i--) {
            tag = tag << Byte.SIZE | (array[from + i] & 0xff);
        }
        return tag;
    }

    /** To no entry, so that {@link #step} leads to the one of a restart. */
    private void toRestart(int index) {
        entry = NONE;
        next = block.restartCount() == 0 ? end : block.restart(index);
        keyLength = 0;
    }

    /** To the entry at {@code next}. */
    private void step() {
        if (next >= end) {
            entry = NONE;
            return;
        }
        int at = next;
        int shared = varint(at);
        int unshared = varint(read);
        int valueLength = varint(read);
        if (shared < 0
                || shared > keyLength
                || unshared < 0
                || valueLength < 0
                || valueLength > end - read - unshared
                || shared + unshared < InternalKey.TAG_BYTES) {
            throw block.damaged("an entry", "something else at byte " + at);
        }
        keyLength = shared + unshared;
        if (keyLength > key.length) {
            key = Arrays.copyOf(key, 2 * keyLength);
        }
        System.arraycopy(bytes, read, key, shared, unshared);
        valueStart = read + unshared;
        entry = at;
        next = valueStart + valueLength;
    }

    /** The varint at {@code at}; {@code read} is where it ends. Negative if it is more than 31 bits. */
    private int varint(int at) {
        int first = at < end ? bytes[at] : 0;
        if (first >= 0) {
            read = at + 1;
            return first;
        }
        int value = first & 0x7f;
        for (int i = 1; i < 5 && at + i < end; i++) {
            int more = bytes[at + i];
            value |= (more & 0x7f) << (7 * i);
            if (more >= 0 && (i < 4 || more <= FIFTH_BYTE_MAX)) {
                read = at + i + 1;
                return value;
            }
        }
        throw block.damaged("a varint of at most 32 bits", "none at byte " + at);
    }

    private void checkValid() {
        if (entry == NONE) {
            throw new IllegalStateException("the cursor is at no entry");
        }
    }
}

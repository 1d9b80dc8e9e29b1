package storagelab.kin;

import storagelab.api.Slice;
import storagelab.codec.ByteWriter;

/**
 * Writes bits, the highest of each byte first. The last byte is filled up with zeros.
 *
 * <p>Concurrency: one thread.
 */
final class BitWriter {
    private final ByteWriter out;
    private int current; // the bits of the byte that is not full
    private int free = Byte.SIZE; // bits left in it

    /** Appends to {@code out}, beginning with a new byte. */
    BitWriter(ByteWriter out) {
        this.out = out;
    }

    /** Appends the lowest {@code count} bits of {@code value}, 0 to 64, the highest of them first. */
    BitWriter put(long value, int count) {
        int left = count;
        while (left > 0) {
            int taken = Math.min(left, free);
            int bits = (int) (value >>> (left - taken)) & ((1 << taken) - 1);
            current = current << taken | bits;
            free -= taken;
            left -= taken;
            if (free == 0) {
                out.putByte(current);
                current = 0;
                free = Byte.SIZE;
            }
        }
        return this;
    }

    /** Fills the last byte up and returns everything that the writer below has. */
    Slice finish() {
        if (free < Byte.SIZE) {
            put(0, free);
        }
        return out.toSlice();
    }
}

package storagelab.kin;

import storagelab.codec.ByteReader;

/**
 * Reads what {@link BitWriter} wrote. Reading beyond the last byte is a {@link storagelab.codec.MalformedBytesException}.
 *
 * <p>Concurrency: one thread.
 */
final class BitReader {
    private final ByteReader in;
    private int current;
    private int left; // bits of the current byte that were not read

    /** Reads from the next byte of {@code in} on. */
    BitReader(ByteReader in) {
        this.in = in;
    }

    /** The next {@code count} bits, 0 to 64, as a number that is not negative, unless there are 64. */
    long read(int count) {
        long value = 0;
        int wanted = count;
        while (wanted > 0) {
            if (left == 0) {
                current = in.readByte();
                left = Byte.SIZE;
            }
            int taken = Math.min(wanted, left);
            value = value << taken | ((current >> (left - taken)) & ((1 << taken) - 1));
            left -= taken;
            wanted -= taken;
        }
        return value;
    }

    /** As {@link #read}, with the highest bit as the sign. */
    long readSigned(int count) {
        int unused = Long.SIZE - count;
        return read(count) << unused >> unused;
    }
}

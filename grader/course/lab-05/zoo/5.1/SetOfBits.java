// exercise: 5.1
// type: storagelab.bloom.BloomFilter
// verdict: accepted
// because: the JDK's set of bits, whose bytes have the same order, and a loop that looks at all bits before it answers
import java.util.BitSet;

public final class BloomFilter {
    public Slice create(List<Slice> keys) {
        long wanted = Math.max(64, (long) keys.size() * bitsPerKey + 7) / 8 * 8;
        if (wanted > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(wanted + " bits are more than a filter has");
        }
        BitSet bits = new BitSet((int) wanted);
        for (Slice key : keys) {
            long hash = LevelDbHash.of(key) & 0xffffffffL;
            long delta = (hash >>> 17 | hash << 15) & 0xffffffffL;
            for (int i = 0; i < probes; i++) {
                bits.set((int) (((hash + i * delta) & 0xffffffffL) % wanted));
            }
        }
        byte[] filter = java.util.Arrays.copyOf(bits.toByteArray(), (int) wanted / 8 + 1);
        filter[(int) wanted / 8] = (byte) probes;
        return Slice.wrap(filter);
    }

    public boolean mayContain(Slice filter, Slice key) {
        if (filter.length() < 2) {
            return false;
        }
        long bits = (filter.length() - 1) * 8L;
        int itsProbes = filter.byteAt(filter.length() - 1) & 0xff;
        long hash = LevelDbHash.of(key) & 0xffffffffL;
        long delta = (hash >>> 17 | hash << 15) & 0xffffffffL;
        int missing = 0;
        for (int i = 0; i < itsProbes; i++) {
            int bit = (int) (((hash + i * delta) & 0xffffffffL) % bits);
            missing += 1 - (filter.byteAt(bit / 8) >> bit % 8 & 1);
        }
        return itsProbes > PROBES_MAX || missing == 0;
    }
}

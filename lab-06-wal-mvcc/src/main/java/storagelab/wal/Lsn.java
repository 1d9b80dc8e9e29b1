package storagelab.wal;

/**
 * A log sequence number: a place in the log, between two bytes of it. Places are ordered as their bytes were written.
 *
 * <p>Example: the place at byte 1,007 of segment 3 is {@code 3/1007}, and as one number 3 · 2³² + 1,007. It comes before
 * {@code 3/1008} and before {@code 4/0}.
 *
 * @param packed the segment in the upper 32 bits, the offset in the lower ones; never negative
 */
public record Lsn(long packed) implements Comparable<Lsn> {
    /** The greatest number of a segment. */
    public static final long SEGMENT_MAX = Integer.MAX_VALUE;

    /** The greatest offset in a segment. */
    public static final long OFFSET_MAX = (1L << Integer.SIZE) - 1;

    /** Checks that the number is one. */
    public Lsn {
        if (packed < 0) {
            throw new IllegalArgumentException("a log sequence number of " + packed);
        }
    }

    /** The place at byte {@code offset} of segment {@code segment}. */
    public static Lsn of(long segment, long offset) {
        if (segment < 0 || segment > SEGMENT_MAX || offset < 0 || offset > OFFSET_MAX) {
            throw new IllegalArgumentException("byte " + offset + " of segment " + segment);
        }
        return new Lsn(segment << Integer.SIZE | offset);
    }

    /** The number of the segment. */
    public long segment() {
        return packed >>> Integer.SIZE;
    }

    /** The offset in the segment, in bytes. */
    public long offset() {
        return packed & OFFSET_MAX;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compare(packed, other.packed);
    }

    @Override
    public String toString() {
        return segment() + "/" + offset();
    }
}

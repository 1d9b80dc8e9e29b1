package storagelab.api;

/**
 * The number of an operation in the order in which a store has applied them. It has 56 bits, because files keep it next to
 * the eight bits of a {@link ValueKind}; 0 is before the first operation.
 */
public final class SequenceNumber {
    /** The greatest there is. */
    public static final long MAX = (1L << 56) - 1;

    private SequenceNumber() {}
}

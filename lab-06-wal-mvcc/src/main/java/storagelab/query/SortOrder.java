package storagelab.query;

/** The direction of a column in a key. */
public enum SortOrder {
    /** Smaller values first; null before every value. */
    ASCENDING(0x00),

    /** Greater values first; null after every value. */
    DESCENDING(0xff);

    private final int mask;

    SortOrder(int mask) {
        this.mask = mask;
    }

    /** What each byte of the column is combined with by exclusive or: complementing bytes reverses their order. */
    int mask() {
        return mask;
    }
}

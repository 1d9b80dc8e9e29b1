package storagelab.log;

/**
 * The framing of a log. A log is a sequence of blocks of 32 KiB, and a record lies in one <em>chunk</em> or, where a
 * block ends, in several. A chunk is a head of seven bytes and data: the masked checksum of type and data (4 bytes),
 * the length of the data (2), the type (1); little-endian. No chunk begins in the last six bytes of a block: they are
 * zero.
 *
 * <p>Source: LevelDB, {@code doc/log_format.md}.
 */
final class LogLayout {
    static final int BLOCK_BYTES = 32 << 10;
    static final int HEAD_BYTES = 7;

    static final int LENGTH_OFFSET = 4;
    static final int TYPE_OFFSET = 6;

    /** Space that was made ready and never written to. */
    static final int ZERO = 0;

    /** A whole record. */
    static final int FULL = 1;

    /** The first of several chunks. */
    static final int FIRST = 2;

    /** One between the first and the last. */
    static final int MIDDLE = 3;

    /** The last of several chunks. */
    static final int LAST = 4;

    private LogLayout() {}
}

package storagelab.log;

/**
 * The framing of a log. A log is a sequence of blocks of 32 KiB, and a record lies in one <em>chunk</em> or, where a
 * block ends, in several. A chunk is a head of seven bytes, and data:
 *
 * <table>
 *   <caption>A chunk, integers little-endian</caption>
 *   <tr><th>offset</th><th>size</th><th>field</th></tr>
 *   <tr><td>0</td><td>4</td><td>CRC-32C of type and data, {@linkplain storagelab.codec.Crc32c#mask masked}</td></tr>
 *   <tr><td>4</td><td>2</td><td>n, the length of the data</td></tr>
 *   <tr><td>6</td><td>1</td><td>the type</td></tr>
 *   <tr><td>7</td><td>n</td><td>the data</td></tr>
 * </table>
 *
 * <p>No chunk begins in the last six bytes of a block: they are zero. So every block begins with a chunk.
 *
 * <p>Source: LevelDB, {@code doc/log_format.md}. The whole is in {@code notes/formats/leveldb-log.md}.
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

package storagelab.page;

import static storagelab.page.PageLayout.META_PAGES;
import static storagelab.page.PageLayout.NO_PAGE;
import static storagelab.page.PageLayout.getInt;
import static storagelab.page.PageLayout.getLong;
import static storagelab.page.PageLayout.putInt;
import static storagelab.page.PageLayout.putLong;

import java.util.Optional;
import java.util.OptionalInt;
import storagelab.codec.Crc32c;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;

/**
 * What a checkpoint says of a whole page file, and from which everything else in the file is found. It stands in the
 * meta pages, as a record of 72 bytes, integers little-endian:
 *
 * <table>
 * <caption>The record</caption>
 * <tr><th>offset</th><th>size</th><th>field</th></tr>
 * <tr><td>0</td><td>8</td><td>magic, ASCII {@code SLBTREE1}</td></tr>
 * <tr><td>8</td><td>4</td><td>format version: 2</td></tr>
 * <tr><td>12</td><td>4</td><td>page size</td></tr>
 * <tr><td>16</td><td>8</td><td>number of the checkpoint</td></tr>
 * <tr><td>24</td><td>8</td><td>version</td></tr>
 * <tr><td>32</td><td>4</td><td>root page</td></tr>
 * <tr><td>36</td><td>4</td><td>number of pages</td></tr>
 * <tr><td>40</td><td>4</td><td>first page of the free list</td></tr>
 * <tr><td>44</td><td>4</td><td>depth</td></tr>
 * <tr><td>48</td><td>8</td><td>number of entries</td></tr>
 * <tr><td>56</td><td>4</td><td>CRC-32C of bytes 0 to 56</td></tr>
 * <tr><td>60</td><td>8</td><td>log position</td></tr>
 * <tr><td>68</td><td>4</td><td>CRC-32C of bytes 0 to 68</td></tr>
 * </table>
 *
 * <p>A record of format version 1 has the first 60 of these bytes, with 1 as its version, and is read with the log
 * position 0. Records are written in version 2.
 *
 * <p>Example: the record of {@code new MetaPage(1024, 1, 17, 5, 9, 4, 2, 1, 300)}, a field a line:
 *
 * <pre>{@code
 * 53 4c 42 54 52 45 45 31    magic "SLBTREE1"
 * 02 00 00 00                format version
 * 00 04 00 00                page size 1,024
 * 01 00 00 00 00 00 00 00    checkpoint 1
 * 11 00 00 00 00 00 00 00    version 17
 * 05 00 00 00                root page 5
 * 09 00 00 00                9 pages
 * 04 00 00 00                the free list begins in page 4
 * 01 00 00 00                depth 1
 * 02 00 00 00 00 00 00 00    2 entries
 * 91 b8 51 0a                crc of what is above
 * 2c 01 00 00 00 00 00 00    log position 300
 * bb 7a 45 2d                crc of what is above
 * }</pre>
 *
 * @param pageSizeBytes size of every page
 * @param checkpoint number of the checkpoint; 0 is the empty file
 * @param version number of the last change that is in it
 * @param rootPage where the tree begins, {@link PageLayout#NO_PAGE} if there is none
 * @param pageCount pages of the file, meta pages included; what is behind them means nothing
 * @param freeListPage where the free list begins, {@link PageLayout#NO_PAGE} if no page is free
 * @param entries entries of the tree
 * @param depth levels of the tree
 * @param logPosition up to where the tree has what is in a log that is kept outside of the file: the sequence of the last
 *     operation; 0 if there is no log
 */
public record MetaPage(
        int pageSizeBytes,
        long checkpoint,
        long version,
        int rootPage,
        int pageCount,
        int freeListPage,
        long entries,
        int depth,
        long logPosition) {
    /** The first eight bytes of a page file: ASCII {@code SLBTREE1}. */
    public static final long MAGIC = 0x3145_4552_5442_4c53L;

    /** The format version that this program writes, and the newest that it reads. */
    public static final int FORMAT_VERSION = 2;

    /** Size of the record: it fits a sector of a disk, which is written as a whole or not at all. */
    public static final int RECORD_BYTES = 72;

    /** Where the format version is in the record, whatever the version. */
    public static final int FORMAT_VERSION_OFFSET = 8;

    /** Bytes of a record that are laid out in the same way in every version: a record of version 1 has no others. */
    public static final int HEAD_BYTES = 60;

    private static final int WITHOUT_LOG_POSITION = 1;
    private static final int PAGE_SIZE_OFFSET = 12;
    private static final int CHECKPOINT_OFFSET = 16;
    private static final int VERSION_OFFSET = 24;
    private static final int ROOT_OFFSET = 32;
    private static final int PAGE_COUNT_OFFSET = 36;
    private static final int FREE_LIST_OFFSET = 40;
    private static final int DEPTH_OFFSET = 44;
    private static final int ENTRIES_OFFSET = 48;
    private static final int HEAD_CRC_OFFSET = 56;
    private static final int LOG_POSITION_OFFSET = 60;
    private static final int CRC_OFFSET = 68;

    /** Checks that the fields do not contradict each other. */
    public MetaPage {
        PageLayout.checkedPageSize(pageSizeBytes);
        if (pageCount < META_PAGES) {
            throw new IllegalArgumentException("pageCount is " + pageCount + "; there are two meta pages");
        }
        checkReference("rootPage", rootPage, pageCount);
        checkReference("freeListPage", freeListPage, pageCount);
        if (checkpoint < 0 || version < 0 || entries < 0 || depth < 0 || logPosition < 0) {
            throw new IllegalArgumentException("checkpoint " + checkpoint + ", version " + version + ", entries "
                    + entries + ", depth " + depth + " and logPosition " + logPosition + " must not be negative");
        }
    }

    /** A checkpoint of a file without a log. */
    public MetaPage(
            int pageSizeBytes,
            long checkpoint,
            long version,
            int rootPage,
            int pageCount,
            int freeListPage,
            long entries,
            int depth) {
        this(pageSizeBytes, checkpoint, version, rootPage, pageCount, freeListPage, entries, depth, 0);
    }

    /** Checkpoint 0 of a file of such pages: two meta pages, no tree, nothing free. */
    public static MetaPage empty(int pageSizeBytes) {
        return new MetaPage(pageSizeBytes, 0, 0, NO_PAGE, META_PAGES, NO_PAGE, 0, 0);
    }

    /** The meta page that checkpoint {@code checkpoint} is written to: they take turns. */
    public static int pageOf(long checkpoint) {
        return (int) (checkpoint % META_PAGES);
    }

    /**
     * The format version of the record that begins at {@code offset}; nothing if {@code offset} is negative, if {@code
     * bytes} end before the first {@link #HEAD_BYTES} of the record do, or if its magic or the checksum of these bytes is
     * not right. They are the same in every version, so that an older program can tell a newer record from a damaged one.
     * Never throws, whatever the offset is.
     */
    @ExercisePart("4.4")
    public static OptionalInt formatVersion(byte[] bytes, int offset) {
        boolean whole = offset >= 0
                && offset <= bytes.length - HEAD_BYTES
                && getLong(bytes, offset) == MAGIC
                && getInt(bytes, offset + HEAD_CRC_OFFSET) == Crc32c.of(bytes, offset, HEAD_CRC_OFFSET);
        return whole ? OptionalInt.of(getInt(bytes, offset + FORMAT_VERSION_OFFSET)) : OptionalInt.empty();
    }

    /** The record: {@link #RECORD_BYTES} bytes, both checksums included. */
    @ExercisePart("4.4")
    public byte[] encode() {
        byte[] record = new byte[RECORD_BYTES];
        putLong(record, 0, MAGIC);
        putInt(record, FORMAT_VERSION_OFFSET, FORMAT_VERSION);
        putInt(record, PAGE_SIZE_OFFSET, pageSizeBytes);
        putLong(record, CHECKPOINT_OFFSET, checkpoint);
        putLong(record, VERSION_OFFSET, version);
        putInt(record, ROOT_OFFSET, rootPage);
        putInt(record, PAGE_COUNT_OFFSET, pageCount);
        putInt(record, FREE_LIST_OFFSET, freeListPage);
        putInt(record, DEPTH_OFFSET, depth);
        putLong(record, ENTRIES_OFFSET, entries);
        putInt(record, HEAD_CRC_OFFSET, Crc32c.of(record, 0, HEAD_CRC_OFFSET));
        putLong(record, LOG_POSITION_OFFSET, logPosition);
        putInt(record, CRC_OFFSET, Crc32c.of(record, 0, CRC_OFFSET));
        return record;
    }

    /**
     * The record that begins at {@code offset}, of format version 1 or 2; nothing if there is none: its {@link
     * #formatVersion} is another, {@code bytes} end before it does, the second checksum of one of version 2 is not right,
     * or the fields are not what the constructor takes. Never throws.
     */
    @ExercisePart("4.4")
    public static Optional<MetaPage> decode(byte[] bytes, int offset) {
        int formatVersion = formatVersion(bytes, offset).orElse(0);
        boolean isWhole =
                formatVersion == WITHOUT_LOG_POSITION || (formatVersion == FORMAT_VERSION && isWhole(bytes, offset));
        if (!isWhole) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MetaPage(
                    getInt(bytes, offset + PAGE_SIZE_OFFSET),
                    getLong(bytes, offset + CHECKPOINT_OFFSET),
                    getLong(bytes, offset + VERSION_OFFSET),
                    getInt(bytes, offset + ROOT_OFFSET),
                    getInt(bytes, offset + PAGE_COUNT_OFFSET),
                    getInt(bytes, offset + FREE_LIST_OFFSET),
                    getLong(bytes, offset + ENTRIES_OFFSET),
                    getInt(bytes, offset + DEPTH_OFFSET),
                    formatVersion == WITHOUT_LOG_POSITION ? 0 : getLong(bytes, offset + LOG_POSITION_OFFSET)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the checksum is right and the content is not: no program wrote this record
        }
    }

    @Solution
    private static boolean isWhole(byte[] bytes, int offset) {
        return offset <= bytes.length - RECORD_BYTES
                && getInt(bytes, offset + CRC_OFFSET) == Crc32c.of(bytes, offset, CRC_OFFSET);
    }

    private static void checkReference(String name, int page, int pageCount) {
        if (page != NO_PAGE && (page < META_PAGES || page >= pageCount)) {
            throw new IllegalArgumentException(name + " is " + page + ", and pageCount " + pageCount);
        }
    }
}

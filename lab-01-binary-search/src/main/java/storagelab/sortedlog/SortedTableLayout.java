package storagelab.sortedlog;

/**
 * The numbers of the sorted table format; integers are little-endian.
 *
 * <p>Format: {@code notes/formats/sorted-table.md}.
 */
public final class SortedTableLayout {
    /** A data block ends before it would grow beyond this, its checksum not counted. */
    public static final int BLOCK_BYTES = 4096;
    /** Size of the CRC-32C after each data block and after the index. */
    public static final int CRC_BYTES = 4;

    /** Where in the footer the offset of the index is, fixed64. */
    public static final int FOOTER_INDEX_OFFSET = 0;
    /** Where in the footer the size of the index is, its checksum not counted, fixed32. */
    public static final int FOOTER_INDEX_SIZE = 8;
    /** Where in the footer the number of entries is, fixed64. */
    public static final int FOOTER_ENTRIES = 12;
    /** Where in the footer the file number of the table is, fixed64. */
    public static final int FOOTER_NUMBER = 20;
    /** Where in the footer the version of the format is, fixed32. */
    public static final int FOOTER_VERSION = 28;
    /** Where in the footer the magic number is, fixed64. */
    public static final int FOOTER_MAGIC = 32;
    /** Size of the footer. */
    public static final int FOOTER_BYTES = 40;

    /** The version that is written, and the only one that is read. */
    public static final int VERSION = 1;
    /** The last eight bytes of every table: {@code "SLTABLE1"} as ASCII. */
    public static final long MAGIC = 0x31454c4241544c53L;

    private SortedTableLayout() {}
}

package storagelab.grader.hidden.lab04;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import storagelab.page.MetaPage;

/** The bytes of page files, encoded from the page of the format and not by the code under test. */
final class PageBytes {
    /** The page size of most tests: the smallest, so that every bit can be tried. */
    static final int SIZE = 1024;

    /** Where the records are in a meta page. */
    static final int[] RECORD_OFFSETS = {0, 512};

    static final int RECORD_BYTES = 72;

    /** Bytes of a record of format version 1, and the first of one of every other version. */
    static final int HEAD_BYTES_OF_RECORD = 60;

    private static final int HEAD_BYTES = 18;
    private static final int LEAF = 1;
    private static final int FREE_LIST = 4;

    private PageBytes() {}

    /** A leaf with random content, its head without number and checksum. */
    static byte[] leaf(int sizeBytes, long seed) {
        byte[] content = new byte[sizeBytes - HEAD_BYTES];
        new Random(seed).nextBytes(content);
        return littleEndian(sizeBytes)
                .putLong(8, seed)
                .put(16, (byte) LEAF)
                .put(HEAD_BYTES, content)
                .array();
    }

    /** A page as it is in the file. */
    static byte[] sealed(byte[] page, int number) {
        byte[] copy = page.clone();
        ByteBuffer buffer = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(4, number);
        buffer.putInt(0, crc(copy, 4, copy.length - 4));
        return copy;
    }

    /** A page of the free list, with whatever is asked for, its head without number and checksum. */
    static byte[] freeListPage(int sizeBytes, int next, int count, int... numbers) {
        ByteBuffer page = littleEndian(sizeBytes)
                .put(16, (byte) FREE_LIST)
                .putInt(20, next)
                .putInt(24, count);
        for (int i = 0; i < numbers.length; i++) {
            page.putInt(28 + 4 * i, numbers[i]);
        }
        return page.array();
    }

    /** A record of format version 2. */
    static byte[] record(MetaPage meta) {
        return record(meta, 2);
    }

    /** A record of format version 1, as older programs have written it. */
    static byte[] recordWithoutLogPosition(MetaPage meta) {
        return Arrays.copyOf(record(meta, 1), HEAD_BYTES_OF_RECORD);
    }

    static byte[] record(MetaPage meta, int formatVersion) {
        ByteBuffer record = littleEndian(RECORD_BYTES)
                .put("SLBTREE1".getBytes(StandardCharsets.US_ASCII))
                .putInt(formatVersion)
                .putInt(meta.pageSizeBytes())
                .putLong(meta.checkpoint())
                .putLong(meta.version())
                .putInt(meta.rootPage())
                .putInt(meta.pageCount())
                .putInt(meta.freeListPage())
                .putInt(meta.depth())
                .putLong(meta.entries())
                .putLong(60, meta.logPosition());
        return withCrc(record.array());
    }

    /** A record with both its checksums made right. */
    static byte[] withCrc(byte[] record) {
        ByteBuffer buffer =
                ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putInt(56, crc(record, 0, 56));
        buffer.putInt(68, crc(record, 0, 68));
        return record;
    }

    /** {@code file} with {@code bytes} at {@code offset}. */
    static byte[] patched(byte[] file, int offset, byte[] bytes) {
        byte[] copy = file.clone();
        System.arraycopy(bytes, 0, copy, offset, bytes.length);
        return copy;
    }

    /** {@code file} with one bit turned over; bit 0 is the lowest of byte 0. */
    static byte[] flipped(byte[] file, int bit) {
        byte[] copy = file.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }

    static byte[] cut(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static ByteBuffer littleEndian(int sizeBytes) {
        return ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

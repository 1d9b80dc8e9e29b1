package storagelab.sstable;

import io.airlift.compress.Compressor;
import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.Arrays;
import storagelab.api.Slice;
import storagelab.codec.UnknownFormatException;

/**
 * How a block is stored. The code is the first byte of its trailer.
 *
 * <p>Concurrency: safe for many threads.
 */
public enum Compression {
    /** As it is. */
    NONE(0),
    /** Snappy: fast, and about half the size for text. */
    SNAPPY(1),
    /**
     * Zstandard: smaller, and slower to write. LevelDB 1.23 and all versions before it cannot read such blocks: they report
     * them as damaged. For tables that LevelDB is to read, choose {@link #SNAPPY}.
     */
    ZSTD(2);

    /** Snappy makes three bytes of 64 at best: whoever promises more has not been compressed. */
    private static final long SNAPPY_RATIO_MAX = 22;

    /** Zstandard makes four bytes of 128 KiB of one and the same byte. */
    private static final long ZSTD_RATIO_MAX = 32 << 10;

    private final int code;

    Compression(int code) {
        this.code = code;
    }

    /** The number that stands for it in files. */
    public int code() {
        return code;
    }

    /**
     * The compression with this code.
     *
     * @throws UnknownFormatException if there is none
     */
    public static Compression of(int code) {
        for (Compression one : values()) {
            if (one.code == code) {
                return one;
            }
        }
        throw new UnknownFormatException("the compression with the code " + code + " is not known to this program");
    }

    /** {@code bytes} compressed; the same slice for {@link #NONE}. */
    public Slice compress(Slice bytes) {
        if (this == NONE) {
            return bytes;
        }
        Compressor compressor = this == SNAPPY ? new SnappyCompressor() : new ZstdCompressor();
        byte[] input = bytes.toByteArray();
        byte[] output = new byte[compressor.maxCompressedLength(input.length)];
        int length = compressor.compress(input, 0, input.length, output, 0, output.length);
        return Slice.wrap(Arrays.copyOf(output, length));
    }

    /**
     * What was compressed. Takes the array as it is if there is nothing to undo.
     *
     * @param sizeMax the result may not be larger: damaged input may ask for any size. It may not be larger either than
     *     so many bytes can have been
     * @throws IllegalArgumentException if the bytes were not written by this compression
     */
    public byte[] decompress(byte[] bytes, int sizeMax) {
        if (this == NONE) {
            return bytes;
        }
        try {
            return this == SNAPPY ? unsnappy(bytes, sizeMax) : unzstd(bytes, sizeMax);
        } catch (MalformedInputException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("bytes that " + this + " has written: " + e.getMessage(), e);
        }
    }

    private static byte[] unsnappy(byte[] bytes, int sizeMax) {
        int size = SnappyDecompressor.getUncompressedLength(bytes, 0);
        byte[] output = new byte[checked(size, sizeMax, SNAPPY_RATIO_MAX * bytes.length)];
        return whole(new SnappyDecompressor(), bytes, output);
    }

    private static byte[] unzstd(byte[] bytes, int sizeMax) {
        long size = ZstdDecompressor.getDecompressedSize(bytes, 0, bytes.length);
        byte[] output = new byte[checked(size, sizeMax, ZSTD_RATIO_MAX * bytes.length)];
        return whole(new ZstdDecompressor(), bytes, output);
    }

    private static byte[] whole(Decompressor decompressor, byte[] bytes, byte[] output) {
        int length = decompressor.decompress(bytes, 0, bytes.length, output, 0, output.length);
        return length == output.length ? output : Arrays.copyOf(output, length);
    }

    private static int checked(long size, int sizeMax, long sizePossible) {
        if (size < 0 || size > Math.min(sizeMax, sizePossible)) {
            throw new IllegalArgumentException(
                    "a block of at most " + Math.min(sizeMax, sizePossible) + " bytes, not " + size);
        }
        return (int) size;
    }
}

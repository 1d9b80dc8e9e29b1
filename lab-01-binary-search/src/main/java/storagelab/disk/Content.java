package storagelab.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file: a table of 4 KiB pages, which forks share until one of them writes.
 *
 * <p>Invariants:
 * <ol>
 *   <li>A page that is {@code null}, or beyond the table, is all zeros.
 *   <li>Every byte of a page at or beyond {@code size} is zero, so growing needs no clearing.
 *   <li>A page is written in place only if {@code owned} says that no fork can see it; the table likewise, and it is
 *       shared while {@code owned} is {@code null}.
 * </ol>
 *
 * <p>Cost: a fork is O(1); the first write after it copies the table of pages and one page.
 *
 * <p>Concurrency: none; the disk's lock guards it.
 */
final class Content {
    static final int PAGE_BYTES = 4096;
    static final long MAX_SIZE_BYTES = 1L << 36;

    private static final byte[] ZEROS = new byte[PAGE_BYTES];

    private byte[] @Nullable [] pages;
    private @Nullable BitSet owned;
    private long size;

    Content() {
        this(new byte[0][], new BitSet(), 0);
    }

    private Content(byte[] @Nullable [] pages, @Nullable BitSet owned, long size) {
        this.pages = pages;
        this.owned = owned;
        this.size = size;
    }

    /** Number of bytes. */
    long size() {
        return size;
    }

    /** The same bytes, from now on independent of these. */
    Content fork() {
        owned = null;
        return new Content(pages, null, size);
    }

    /** Copies bytes from {@code offset} into {@code target}; returns how many, -1 at or beyond the end. */
    int read(long offset, ByteBuffer target) {
        if (offset >= size) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), size - offset);
        int left = count;
        for (long at = offset; left > 0; ) {
            int inPage = (int) (at % PAGE_BYTES);
            int length = Math.min(left, PAGE_BYTES - inPage);
            target.put(pageOrZeros(at / PAGE_BYTES), inPage, length);
            at += length;
            left -= length;
        }
        return count;
    }

    /** Writes the remaining bytes of {@code source} at {@code offset}; a gap before them reads as zeros. */
    void write(long offset, ByteBuffer source) {
        long end = offset + source.remaining();
        if (!source.hasRemaining()) {
            return;
        }
        for (long at = offset; at < end; ) {
            int inPage = (int) (at % PAGE_BYTES);
            int length = (int) Math.min(end - at, PAGE_BYTES - inPage);
            source.get(writablePage(at / PAGE_BYTES), inPage, length);
            at += length;
        }
        size = Math.max(size, end);
    }

    /** Cuts the bytes off at {@code newSize}, or lets them go on with zeros up to there. */
    void resize(long newSize) {
        if (newSize < size) {
            int keptPages = (int) ((newSize + PAGE_BYTES - 1) / PAGE_BYTES);
            int keptInLast = (int) (newSize % PAGE_BYTES);
            if (keptInLast > 0 && pageOrZeros(keptPages - 1) != ZEROS) {
                Arrays.fill(writablePage(keptPages - 1), keptInLast, PAGE_BYTES, (byte) 0);
            }
            if (keptPages < pages.length) {
                pages = Arrays.copyOf(pages, keptPages);
                owned = owned == null ? new BitSet() : owned.get(0, keptPages);
            }
        }
        size = newSize;
    }

    /** Turns over one bit of the byte at {@code offset}, which must be inside. */
    void flip(long offset, int bit) {
        writablePage(offset / PAGE_BYTES)[(int) (offset % PAGE_BYTES)] ^= (byte) (1 << bit);
    }

    private byte[] pageOrZeros(long index) {
        byte[] page = index < pages.length ? pages[(int) index] : null;
        return page == null ? ZEROS : page;
    }

    private byte[] writablePage(long pageIndex) {
        int index = Math.toIntExact(pageIndex);
        BitSet mine = owned;
        if (mine == null || index >= pages.length) {
            int length = index < pages.length ? pages.length : Math.max(index + 1, pages.length * 3 / 2);
            pages = Arrays.copyOf(pages, length);
            mine = mine == null ? new BitSet() : mine;
            owned = mine;
        }
        byte[] page = pages[index];
        if (page == null || !mine.get(index)) {
            page = page == null ? new byte[PAGE_BYTES] : page.clone();
            pages[index] = page;
            mine.set(index);
        }
        return page;
    }
}

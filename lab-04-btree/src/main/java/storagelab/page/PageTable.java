package storagelab.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import storagelab.course.Solution;

/**
 * What a pool has of each page, found by the number of the page: its {@link Frame}, its {@link PageLoad}, or nothing.
 * An array of arrays, since page numbers are small: two array accesses, no hashing. An array is there once one of its
 * 1,024 pages was wanted, and stays; all of them together take four bytes a page of the file.
 *
 * <p>Concurrency: safe for many threads; finding takes no lock.
 */
@Solution
final class PageTable {
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK_LENGTH = 1 << CHUNK_BITS;
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

    /** By the high bits of the number; replaced by a longer one with other chunks, never changed. */
    private volatile @Nullable Object[] @Nullable [] chunks = new @Nullable Object[0][];

    /** What there is of a page. */
    @Nullable
    Object get(int page) {
        @Nullable Object[] chunk = chunkOf(page);
        return chunk == null ? null : ELEMENT.getAcquire(chunk, page & (CHUNK_LENGTH - 1));
    }

    /** Puts {@code next} in the place of {@code expected}. False, and nothing changes, if something else is there. */
    boolean replace(int page, @Nullable Object expected, @Nullable Object next) {
        return ELEMENT.compareAndSet(madeChunkOf(page), page & (CHUNK_LENGTH - 1), expected, next);
    }

    /** Puts {@code next} in the place of whatever is there. */
    void set(int page, Object next) {
        ELEMENT.setVolatile(madeChunkOf(page), page & (CHUNK_LENGTH - 1), next);
    }

    private @Nullable Object @Nullable [] chunkOf(int page) {
        @Nullable Object[] @Nullable [] all = chunks;
        int index = page >>> CHUNK_BITS;
        return index < all.length ? all[index] : null;
    }

    private @Nullable Object[] madeChunkOf(int page) {
        @Nullable Object @Nullable [] chunk = chunkOf(page);
        return chunk != null ? chunk : makeChunkOf(page);
    }

    private synchronized @Nullable Object[] makeChunkOf(int page) {
        @Nullable Object @Nullable [] chunk = chunkOf(page);
        if (chunk == null) {
            int index = page >>> CHUNK_BITS;
            chunk = new @Nullable Object[CHUNK_LENGTH];
            @Nullable Object[] @Nullable [] grown = Arrays.copyOf(chunks, Math.max(index + 1, chunks.length));
            grown[index] = chunk;
            chunks = grown;
        }
        return chunk;
    }
}

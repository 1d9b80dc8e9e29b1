package storagelab.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import storagelab.course.Solution;

/**
 * What a pool has of each page, found by the number of the page: its {@link Frame}, its {@link PageLoad}, or nothing. An array
 * of arrays, since page numbers are small: two array accesses, no hashing. An array that exists is never replaced or given
 * back; all of them together take four bytes a page of the file.
 *
 * <p>Concurrency: safe for many threads; finding takes no lock.
 */
@Solution
final class PageTable {
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK_LENGTH = 1 << CHUNK_BITS;
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

    private volatile @Nullable Object[][] chunks = new @Nullable Object[0][];

    /** What there is of a page. */
    @Nullable
    Object get(int page) {
        @Nullable Object[][] all = chunks;
        int chunk = page >>> CHUNK_BITS;
        return chunk < all.length ? ELEMENT.getAcquire(all[chunk], page & (CHUNK_LENGTH - 1)) : null;
    }

    /** Puts {@code next} in the place of {@code expected}. False, and nothing changes, if something else is there. */
    boolean replace(int page, @Nullable Object expected, @Nullable Object next) {
        return ELEMENT.compareAndSet(chunkOf(page), page & (CHUNK_LENGTH - 1), expected, next);
    }

    /** Puts {@code next} in the place of whatever is there. */
    void set(int page, Object next) {
        ELEMENT.setVolatile(chunkOf(page), page & (CHUNK_LENGTH - 1), next);
    }

    private @Nullable Object[] chunkOf(int page) {
        int chunk = page >>> CHUNK_BITS;
        if (chunk >= chunks.length) {
            growTo(chunk + 1);
        }
        return chunks[chunk];
    }

    private synchronized void growTo(int count) {
        int old = chunks.length;
        if (old < count) {
            @Nullable Object[][] grown = Arrays.copyOf(chunks, count);
            for (int i = old; i < count; i++) {
                grown[i] = new @Nullable Object[CHUNK_LENGTH];
            }
            chunks = grown;
        }
    }
}

package storagelab.page;

import java.util.BitSet;
import storagelab.course.Solution;

/**
 * The pages that were written since the last sync that succeeded, and before one that failed: those of which nobody
 * knows then what is on the disk.
 *
 * <p>Concurrency: safe for many threads; one at a time syncs.
 */
@Solution
final class UnsyncedPages {
    private final BitSet written = new BitSet(); // guarded by this
    private final BitSet syncing = new BitSet(); // guarded by this

    /** Pages {@code from} to {@code to} - 1 are about to be written. */
    synchronized void add(int from, int to) {
        written.set(from, to);
    }

    /**
     * Pages {@code from} to {@code to} - 1 were written again after the sync that failed: what they have now is known.
     */
    synchronized void remove(int from, int to) {
        written.clear(from, to);
        syncing.clear(from, to);
    }

    /** A sync begins: what was written before it is what it is about. */
    synchronized void beginSync() {
        syncing.or(written);
        written.clear();
    }

    /** The sync has succeeded. */
    synchronized void endSync() {
        syncing.clear();
    }

    synchronized boolean contains(int page) {
        return written.get(page) || syncing.get(page);
    }
}

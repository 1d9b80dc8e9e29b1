/**
 * Sorted lists with express lanes: for one thread, and for many without a lock.
 *
 * <p>Reading order: {@link storagelab.skiplist.SkipList}, {@link storagelab.skiplist.ConcurrentSkipList}.
 */
@NullMarked
package storagelab.skiplist;

import org.jspecify.annotations.NullMarked;

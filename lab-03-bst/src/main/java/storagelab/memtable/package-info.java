/**
 * Memtables that keep versions, and stores that can hold on to a moment.
 *
 * <p>Reading order: {@link storagelab.memtable.SkipListMemtable}, {@link storagelab.memtable.VersionedMemtable}, {@link
 * storagelab.memtable.SnapshotLogStore}, {@link storagelab.memtable.LogSnapshot}.
 */
@NullMarked
package storagelab.memtable;

import org.jspecify.annotations.NullMarked;

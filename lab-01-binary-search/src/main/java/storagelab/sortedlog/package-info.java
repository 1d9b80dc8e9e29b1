/**
 * A log-structured key-value store: every write goes to the end of a log and into memory, full memory becomes a sorted
 * file, sorted files are merged.
 *
 * <p>Reading order: {@link storagelab.api.Entry}, {@link storagelab.sortedlog.RecordLog}, {@link
 * storagelab.sortedlog.SortedTableBuilder}, {@link storagelab.sortedlog.SortedTable}, {@link
 * storagelab.sortedlog.Memtable}, {@link storagelab.sortedlog.MapMemtable}, {@link storagelab.sortedlog.SortedLogStore}, {@link
 * storagelab.sortedlog.Compactor}, {@link storagelab.sortedlog.FairReadWriteLock}, {@link
 * storagelab.sortedlog.Recovery}, {@link storagelab.sortedlog.BackgroundMaintenance}.
 */
@NullMarked
package storagelab.sortedlog;

import org.jspecify.annotations.NullMarked;

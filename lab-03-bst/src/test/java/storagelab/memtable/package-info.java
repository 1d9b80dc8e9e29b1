/** Public tests of the memtables and snapshots. */
@NullMarked
package storagelab.memtable;

import org.jspecify.annotations.NullMarked;

/** The experiments about memtables that keep versions, and snapshots. */
@NullMarked
package storagelab.memtable.experiment;

import org.jspecify.annotations.NullMarked;

/** Experiments on the log: what a commit costs, and how commits share a sync. */
@NullMarked
package storagelab.wal.experiment;

import org.jspecify.annotations.NullMarked;

/** Experiments with the compaction policy that changes with the load. */
@NullMarked
package storagelab.adaptive.experiment;

import org.jspecify.annotations.NullMarked;

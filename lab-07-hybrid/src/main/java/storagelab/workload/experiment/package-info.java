/** Experiments on counting requests. */
@NullMarked
package storagelab.workload.experiment;

import org.jspecify.annotations.NullMarked;

/** Experiments on recovery: what it costs, and what a crash takes. */
@NullMarked
package storagelab.recovery.experiment;

import org.jspecify.annotations.NullMarked;

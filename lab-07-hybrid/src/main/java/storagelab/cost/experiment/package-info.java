/** Experiments on what loads cost, predicted and measured. */
@NullMarked
package storagelab.cost.experiment;

import org.jspecify.annotations.NullMarked;

/** Experiments on stores that move keys between two engines. */
@NullMarked
package storagelab.hybrid.experiment;

import org.jspecify.annotations.NullMarked;

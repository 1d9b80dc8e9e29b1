/** Experiments on what the stores over the store cost. */
@NullMarked
package storagelab.kin.experiment;

import org.jspecify.annotations.NullMarked;

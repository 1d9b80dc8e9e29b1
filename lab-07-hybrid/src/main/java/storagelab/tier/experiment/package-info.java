/** Experiments on what it costs to move keys from tier to tier. */
@NullMarked
package storagelab.tier.experiment;

import org.jspecify.annotations.NullMarked;

/** Experiments on eviction policies. */
@NullMarked
package storagelab.cache.experiment;

import org.jspecify.annotations.NullMarked;

/** Experiments on the cache between a program and its engines. */
@NullMarked
package storagelab.writeback.experiment;

import org.jspecify.annotations.NullMarked;

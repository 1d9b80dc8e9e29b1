/** Counting requests as one writes it first. */
@NullMarked
package storagelab.workload.toy;

import org.jspecify.annotations.NullMarked;

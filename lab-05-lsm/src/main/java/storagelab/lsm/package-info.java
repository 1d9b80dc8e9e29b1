/** A log-structured merge tree: a store that appends, and sorts later. */
@NullMarked
package storagelab.lsm;

import org.jspecify.annotations.NullMarked;

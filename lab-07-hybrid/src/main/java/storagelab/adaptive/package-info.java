/** A compaction policy that changes the shape of an LSM tree when the load has changed. */
@NullMarked
package storagelab.adaptive;

import org.jspecify.annotations.NullMarked;

/** Hybrid stores that are simple, and break. */
@NullMarked
package storagelab.hybrid.toy;

import org.jspecify.annotations.NullMarked;

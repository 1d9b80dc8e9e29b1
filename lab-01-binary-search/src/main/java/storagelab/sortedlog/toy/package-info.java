/** The store as one would write it on a Friday afternoon: it works, until it does not. */
@NullMarked
package storagelab.sortedlog.toy;

import org.jspecify.annotations.NullMarked;

/** Public tests of the skip lists. */
@NullMarked
package storagelab.skiplist;

import org.jspecify.annotations.NullMarked;

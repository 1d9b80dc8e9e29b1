/** A skip list for many threads as it is made in five minutes. */
@NullMarked
package storagelab.skiplist.toy;

import org.jspecify.annotations.NullMarked;

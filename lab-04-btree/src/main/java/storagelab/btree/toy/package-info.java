/** The tree on disk as it is written by somebody who has never had a power cut. */
@NullMarked
package storagelab.btree.toy;

import org.jspecify.annotations.NullMarked;

@NullMarked
package storagelab.btree.toy;

import org.jspecify.annotations.NullMarked;

@NullMarked
package storagelab.btree;

import org.jspecify.annotations.NullMarked;

/** A B+tree of pages that readers do not wait for and that no crash can tear. */
@NullMarked
package storagelab.btree;

import org.jspecify.annotations.NullMarked;

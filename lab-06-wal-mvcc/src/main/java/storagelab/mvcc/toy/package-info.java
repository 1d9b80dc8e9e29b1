/** Transactions as one writes them first. */
@NullMarked
package storagelab.mvcc.toy;

import org.jspecify.annotations.NullMarked;

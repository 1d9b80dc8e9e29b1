/** Versions of values, transactions over them, and what they may notice of each other. */
@NullMarked
package storagelab.mvcc;

import org.jspecify.annotations.NullMarked;

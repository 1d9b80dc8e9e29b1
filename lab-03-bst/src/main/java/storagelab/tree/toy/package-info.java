/** The search tree as it is written in an afternoon. */
@NullMarked
package storagelab.tree.toy;

import org.jspecify.annotations.NullMarked;

/** Tests of the search trees. */
@NullMarked
package storagelab.tree;

import org.jspecify.annotations.NullMarked;

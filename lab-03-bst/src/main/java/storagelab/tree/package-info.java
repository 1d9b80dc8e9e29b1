/** Ordered maps in memory as search trees: plain, balanced, and one whose every version stays readable. */
@NullMarked
package storagelab.tree;

import org.jspecify.annotations.NullMarked;

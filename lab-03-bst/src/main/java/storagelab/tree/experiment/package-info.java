/** What a search tree costs when its keys come in order, and beside the other ordered structures. */
@NullMarked
package storagelab.tree.experiment;

import org.jspecify.annotations.NullMarked;

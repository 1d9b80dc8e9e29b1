/** Finds the submissions in what a learning platform lets an instructor download, and unpacks them into memory. */
@NullMarked
package storagelab.grader.collect;

import org.jspecify.annotations.NullMarked;

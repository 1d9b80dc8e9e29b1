/** A student's directory: where things are in it, what was tried, what was taken from the reference. */
@NullMarked
package storagelab.grader.workspace;

import org.jspecify.annotations.NullMarked;

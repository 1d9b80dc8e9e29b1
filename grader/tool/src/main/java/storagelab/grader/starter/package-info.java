/** Writes what a student gets: the starter of a lab, a workspace, a handout, and parts of the reference on request. */
@NullMarked
package storagelab.grader.starter;

import org.jspecify.annotations.NullMarked;

/**
 * Compiling a lab: in process and incrementally for the student's own machine, in a confined child for submissions.
 * Either way one broken file does not hide the rest.
 */
@NullMarked
package storagelab.grader.compile;

import org.jspecify.annotations.NullMarked;

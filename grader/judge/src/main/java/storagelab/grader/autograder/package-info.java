/** Graders that need no checkout, no build and no network: for Gradescope, and for services of continuous integration. */
@NullMarked
package storagelab.grader.autograder;

import org.jspecify.annotations.NullMarked;

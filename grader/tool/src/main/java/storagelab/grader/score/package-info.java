/** From the outcomes of tests to the verdict and the points of an exercise. */
@NullMarked
package storagelab.grader.score;

import org.jspecify.annotations.NullMarked;

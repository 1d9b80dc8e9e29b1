/** From the results of a course's submissions to grades: points, lateness, what many got wrong, and who wrote alike. */
@NullMarked
package storagelab.grader.gradebook;

import org.jspecify.annotations.NullMarked;

/** What there is to do: labs, exercises, points, read from the markers in the reference's sources. */
@NullMarked
package storagelab.grader.course;

import org.jspecify.annotations.NullMarked;

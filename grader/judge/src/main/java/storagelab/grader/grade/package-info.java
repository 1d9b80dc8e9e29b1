/** Grading a submission: intake, compile, class check, hidden tests, score. */
@NullMarked
package storagelab.grader.grade;

import org.jspecify.annotations.NullMarked;

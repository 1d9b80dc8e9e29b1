/** What an instructor decides about a course: assignments, points, due dates, late rules, the roster. */
@NullMarked
package storagelab.grader.syllabus;

import org.jspecify.annotations.NullMarked;

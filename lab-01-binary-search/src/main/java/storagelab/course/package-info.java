/** The markers that turn the reference into a course: exercises, parts of them, and deliberately naive code. */
@NullMarked
package storagelab.course;

import org.jspecify.annotations.NullMarked;

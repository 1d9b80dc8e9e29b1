/** What a machine can and cannot do for the course, and how to get what is missing. */
@NullMarked
package storagelab.grader.doctor;

import org.jspecify.annotations.NullMarked;

/** Grades many submissions: several at a time, each result kept as soon as there is one, none graded twice. */
@NullMarked
package storagelab.grader.batch;

import org.jspecify.annotations.NullMarked;

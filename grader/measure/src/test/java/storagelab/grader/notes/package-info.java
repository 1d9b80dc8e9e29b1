/** The notes say what the code does. */
@NullMarked
package storagelab.grader.notes;

import org.jspecify.annotations.NullMarked;

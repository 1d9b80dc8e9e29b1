/** Running a submission's code: child JVMs, what confines them, and the parent that alone judges what they say. */
@NullMarked
package storagelab.grader.run;

import org.jspecify.annotations.NullMarked;

/** The engines where no lab's own tests can go: in processes of their own, on the real disk. */
@NullMarked
package storagelab.grader.engine;

import org.jspecify.annotations.NullMarked;

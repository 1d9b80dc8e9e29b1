/** The hidden tests of lab 3, tagged with the exercises they judge. */
@NullMarked
package storagelab.grader.hidden.lab03;

import org.jspecify.annotations.NullMarked;

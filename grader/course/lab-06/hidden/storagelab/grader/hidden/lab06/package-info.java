/** The hidden tests of lab 6, tagged with the exercises they judge. */
@NullMarked
package storagelab.grader.hidden.lab06;

import org.jspecify.annotations.NullMarked;

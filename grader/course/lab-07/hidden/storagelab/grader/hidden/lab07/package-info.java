/** The hidden tests of lab 7, tagged with the exercises they judge. */
@NullMarked
package storagelab.grader.hidden.lab07;

import org.jspecify.annotations.NullMarked;

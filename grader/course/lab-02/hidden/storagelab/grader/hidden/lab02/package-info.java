/** The hidden tests of lab 2, tagged with the exercises they judge. */
@NullMarked
package storagelab.grader.hidden.lab02;

import org.jspecify.annotations.NullMarked;

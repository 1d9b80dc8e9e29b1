/** The hidden tests of lab 4, tagged with the exercises they judge. */
@NullMarked
package storagelab.grader.hidden.lab04;

import org.jspecify.annotations.NullMarked;

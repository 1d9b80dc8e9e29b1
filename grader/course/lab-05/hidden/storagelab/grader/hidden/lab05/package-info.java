/** The hidden tests of lab 5, tagged with the exercises they judge. */
@NullMarked
package storagelab.grader.hidden.lab05;

import org.jspecify.annotations.NullMarked;

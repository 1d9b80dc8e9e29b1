/** What is measured of lab 7. */
@NullMarked
package storagelab.grader.bench.lab07;

import org.jspecify.annotations.NullMarked;

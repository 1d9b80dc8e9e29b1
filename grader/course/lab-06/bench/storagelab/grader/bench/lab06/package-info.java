/** What is measured of lab 6. */
@NullMarked
package storagelab.grader.bench.lab06;

import org.jspecify.annotations.NullMarked;

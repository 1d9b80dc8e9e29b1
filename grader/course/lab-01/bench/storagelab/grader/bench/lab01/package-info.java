/** What the benchmarks of lab 1 count and time. Runs in the child JVM, linked against the lab that is measured. */
@NullMarked
package storagelab.grader.bench.lab01;

import org.jspecify.annotations.NullMarked;

/** What the benchmarks of lab 4 count, time and compare. Runs in the child JVM, linked against the lab that is measured. */
@NullMarked
package storagelab.grader.bench.lab04;

import org.jspecify.annotations.NullMarked;

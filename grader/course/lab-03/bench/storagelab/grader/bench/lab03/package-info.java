/** What the benchmarks of lab 3 count, time and compare. Runs in the child JVM, linked against the lab that is measured. */
@NullMarked
package storagelab.grader.bench.lab03;

import org.jspecify.annotations.NullMarked;

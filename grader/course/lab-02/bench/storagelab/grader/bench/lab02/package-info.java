/** What the benchmarks of lab 2 count and time. Runs in the child JVM, linked against the lab that is measured. */
@NullMarked
package storagelab.grader.bench.lab02;

import org.jspecify.annotations.NullMarked;

/**
 * The half of a benchmark that runs in a child JVM, beside the code that is measured. {@link
 * storagelab.grader.bench.worker.BenchmarkWorker} is asked once, on standard input, and answers once.
 */
@NullMarked
package storagelab.grader.bench.worker;

import org.jspecify.annotations.NullMarked;

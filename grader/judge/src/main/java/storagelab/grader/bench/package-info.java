/**
 * Benchmarks of a submission against the reference: counted costs first, then time.
 *
 * <p>Times are taken in child JVMs, one workload each, student and reference in turn; the verdict is about the ratio of
 * the two and how sure it is, never about an absolute time. What a lab measures is listed in {@link
 * storagelab.grader.bench.BenchmarkCatalog}; the classes that do it run in the child.
 */
@NullMarked
package storagelab.grader.bench;

import org.jspecify.annotations.NullMarked;

/** What the tests of the benchmarks of more than one lab share. */
@NullMarked
package storagelab.grader.bench.kit;

import org.jspecify.annotations.NullMarked;

package storagelab.grader.bench.lab07;

import org.junit.jupiter.api.DisplayName;
import storagelab.grader.bench.kit.BenchmarksContract;

@DisplayName("The benchmarks of lab 7, on the reference,")
final class Lab07BenchmarksTest extends BenchmarksContract {
    Lab07BenchmarksTest() {
        super(7);
    }
}

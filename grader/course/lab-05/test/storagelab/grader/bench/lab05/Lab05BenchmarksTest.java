package storagelab.grader.bench.lab05;

import org.junit.jupiter.api.DisplayName;
import storagelab.grader.bench.kit.BenchmarksContract;

@DisplayName("The benchmarks of lab 5, on the reference,")
final class Lab05BenchmarksTest extends BenchmarksContract {
    Lab05BenchmarksTest() {
        super(5);
    }
}

package storagelab.grader.bench.lab06;

import org.junit.jupiter.api.DisplayName;
import storagelab.grader.bench.kit.BenchmarksContract;

@DisplayName("The benchmarks of lab 6, on the reference,")
final class Lab06BenchmarksTest extends BenchmarksContract {
    Lab06BenchmarksTest() {
        super(6);
    }
}

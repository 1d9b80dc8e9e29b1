package storagelab.grader.audit;

import java.io.IOException;
import java.util.List;
import storagelab.grader.run.TestOutcome;

/** Proof 1: the reference does what its tests ask. */
final class ReferenceCheck implements AuditCheck {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String claim() {
        return "the reference passes every public and every hidden test";
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        result.count(Count.PUBLIC_TESTS, 0);
        result.count(Count.HIDDEN_TESTS, 0);
        Workers.run(scope.labs(), lab -> {
            TestBench bench = TestBench.of(
                            scope, lab, scope.classes(lab), scope.testClasses(lab), "reference-" + lab.number())
                    .patient();
            List<AuditTest> publicTests = scope.wanted(scope.publicTests(lab));
            List<AuditTest> hiddenTests = scope.wanted(scope.hiddenTests(lab));
            result.count(Count.PUBLIC_TESTS, publicTests.size());
            result.count(Count.HIDDEN_TESTS, hiddenTests.size());
            run(bench, publicTests, "public", result);
            run(bench, hiddenTests, "hidden", result);
        });
        return result.build();
    }

    private static void run(TestBench bench, List<AuditTest> tests, String kind, CheckResult.Builder result)
            throws IOException, InterruptedException {
        for (TestOutcome outcome : bench.run(tests, result)) {
            if (!outcome.passed()) {
                result.finding("%s test %s %s: %s"
                        .formatted(kind, outcome.test().id(), outcome.verdict().describe(), outcome.message()));
            }
        }
    }
}

package storagelab.grader.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import storagelab.grader.course.Lab;
import storagelab.grader.run.TestOutcome;

/** Proof 8: a test that passes once passes always, however busy the machine and whatever the seed. */
final class FlakesCheck implements AuditCheck {
    @Override
    public String name() {
        return "flakes";
    }

    @Override
    public String claim() {
        return "the tests of the exercises pass again and again on a loaded machine, each time with another seed";
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        result.count(Count.FLAKES, 0);
        try (Load load = Load.twiceTheProcessors()) {
            for (Lab lab : scope.labs()) {
                List<AuditTest> all = scope.wanted(scope.gradedTests(lab));
                List<AuditTest> tests =
                        scope.quick() ? Samples.oneOfEachExercise(all, FlakesCheck::exercise, scope.seed()) : all;
                List<AuditTest> others =
                        all.stream().filter(test -> !tests.contains(test)).toList();
                TestBench bench = TestBench.of(scope, lab, scope.classes(lab), scope.testClasses(lab), "flakes")
                        .patient();
                for (int round = 0; round < scope.rounds(); round++) {
                    scope.say("  flakes: lab %d, round %d of %d beside %d busy threads"
                            .formatted(lab.number(), round + 1, scope.rounds(), load.threads()));
                    round(bench.withSeed(scope.seed() + round), tests, others, result);
                }
            }
        }
        return result.build();
    }

    /** A test has one exercise: the check of what is complete finds those that have not. */
    private static String exercise(AuditTest test) {
        return String.join(" ", test.exercises());
    }

    private static void round(
            TestBench bench, List<AuditTest> tests, List<AuditTest> others, CheckResult.Builder result)
            throws IOException, InterruptedException {
        result.count(Count.ROUNDS, 1);
        for (TestOutcome outcome :
                bench.run(tests, others, flag -> result.note("seed " + bench.seed() + ": " + flag))) {
            result.count(Count.RUNS, 1);
            if (!outcome.passed()) {
                result.count(Count.FLAKES, 1);
                result.finding("%s %s with seed %d: %s"
                        .formatted(
                                AuditTest.describe(outcome.test()),
                                outcome.verdict().describe(),
                                bench.seed(),
                                outcome.message()));
            }
        }
    }

    /** Threads that use up the processors until it is closed. */
    private static final class Load implements AutoCloseable {
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean over;

        static Load twiceTheProcessors() {
            Load load = new Load();
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                Thread thread = new Thread(load::spin, "audit-load-" + i);
                thread.setDaemon(true);
                thread.start();
                load.threads.add(thread);
            }
            return load;
        }

        int threads() {
            return threads.size();
        }

        private void spin() {
            while (!over) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            over = true;
        }
    }
}

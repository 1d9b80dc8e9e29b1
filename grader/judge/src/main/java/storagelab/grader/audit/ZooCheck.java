package storagelab.grader.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.run.TestOutcome;

/** Proof 6: known wrong solutions are caught with a message that helps, and right ones of another kind are accepted. */
final class ZooCheck implements AuditCheck {
    private static final int WRONG_MIN = 3;
    private static final int RIGHT_MIN = 1;

    /**
     * An exception without a word of what was done with which input, {@code "ArrayIndexOutOfBoundsException: Index 3 out of
     * bounds"}, or a time-out without a word of what was expected.
     */
    private static final Pattern BARE =
            Pattern.compile("[\\w.$]*(Exception|Error)(: .*)?|did not end in (?!.*Expected: ).*", Pattern.DOTALL);

    private static final int MESSAGE_LENGTH_MIN = 20;

    @Override
    public String name() {
        return "zoo";
    }

    @Override
    public String claim() {
        return "every wrong solution is caught by a test of its exercise that says what is wrong, every right one passes";
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        result.count(Count.ZOO_CAUGHT, 0);
        result.count(Count.ZOO_ACCEPTED, 0);
        for (Lab lab : scope.labs()) {
            List<AuditTest> all = scope.gradedTests(lab);
            Zoo zoo = Zoo.read(scope, lab, result);
            List<ZooAnimal> animals = zoo.animals();
            for (ExerciseSpec exercise : scope.exercises(lab)) {
                count(exercise, animals, result);
            }
            List<ZooAnimal> chosen =
                    scope.quick() ? Samples.oneOfEachExercise(animals, ZooAnimal::exercise, scope.seed()) : animals;
            if (chosen.size() < animals.size()) {
                result.note("%d of %d animals, chosen by the seed".formatted(chosen.size(), animals.size()));
                checkThatTheyFit(animals, chosen, zoo, result);
            }
            Workers.run(chosen, animal -> {
                List<AuditTest> tests = AuditTest.ofExercise(animal.exercise(), all);
                check(zoo, animal, tests, result);
            });
        }
        return result.build();
    }

    /** Those that are not tried must fit the reference all the same: a change that they no longer fit is seen at once. */
    private static void checkThatTheyFit(
            List<ZooAnimal> animals, List<ZooAnimal> tried, Zoo zoo, CheckResult.Builder result) throws IOException {
        for (ZooAnimal animal : animals) {
            if (!tried.contains(animal)) {
                var unused = zoo.source(animal, result);
            }
        }
    }

    private static void count(ExerciseSpec exercise, List<ZooAnimal> animals, CheckResult.Builder result) {
        List<ZooAnimal> own = animals.stream()
                .filter(animal -> animal.exercise().equals(exercise.id()))
                .toList();
        long wrong = own.stream().filter(ZooAnimal::isWrong).count();
        if (wrong < WRONG_MIN || own.size() - wrong < RIGHT_MIN) {
            result.finding("exercise %s has %d wrong and %d right solutions; at least %d and %d are wanted"
                    .formatted(exercise.id(), wrong, own.size() - wrong, WRONG_MIN, RIGHT_MIN));
        }
    }

    private static void check(Zoo zoo, ZooAnimal animal, List<AuditTest> tests, CheckResult.Builder result)
            throws IOException, InterruptedException {
        Optional<TestBench> bench = zoo.bench(animal, "zoo-" + animal.exercise() + "-" + animal.name(), result);
        if (bench.isEmpty()) {
            return;
        }
        List<TestOutcome> failures = animal.isWrong()
                ? failuresOfWrong(bench.get(), tests)
                : failed(bench.get().run(tests, result));
        if (animal.isWrong()) {
            judgeWrong(animal, failures, result);
        } else if (failures.isEmpty()) {
            result.count(Count.ZOO_ACCEPTED, 1);
        } else {
            failures.forEach(failure -> result.finding("%s is right and is not accepted by %s: %s"
                    .formatted(animal.describe(), AuditTest.describe(failure.test()), failure.message())));
        }
    }

    /**
     * How a wrong solution fails. Public tests, of which some take long, are run only if no hidden test says what is wrong;
     * the verdict is that of all tests.
     */
    private static List<TestOutcome> failuresOfWrong(TestBench bench, List<AuditTest> tests)
            throws IOException, InterruptedException {
        List<TestOutcome> failures = new ArrayList<>();
        for (boolean isHidden : new boolean[] {true, false}) {
            List<AuditTest> part = tests.stream()
                    .filter(test -> test.planned().isHidden() == isHidden)
                    .toList();
            if (failures.stream().noneMatch(ZooCheck::saysWhatIsWrong)) {
                failures.addAll(failed(bench.ofWrongCode().run(part, List.of(), flag -> {})));
            }
        }
        return failures;
    }

    private static List<TestOutcome> failed(List<TestOutcome> outcomes) {
        return outcomes.stream().filter(outcome -> !outcome.passed()).toList();
    }

    private static void judgeWrong(ZooAnimal animal, List<TestOutcome> failures, CheckResult.Builder result) {
        if (failures.isEmpty()) {
            result.finding(animal.describe() + " is wrong and passes every test");
            return;
        }
        result.count(Count.ZOO_CAUGHT, 1);
        if (failures.stream().noneMatch(ZooCheck::saysWhatIsWrong)) {
            TestOutcome first = failures.get(0);
            result.finding("%s is caught, and no message says what is wrong; %s says: %s"
                    .formatted(animal.describe(), first.test().id(), first.message()));
        }
    }

    private static boolean saysWhatIsWrong(TestOutcome failure) {
        return failure.message().length() >= MESSAGE_LENGTH_MIN
                && !BARE.matcher(failure.message()).matches();
    }
}

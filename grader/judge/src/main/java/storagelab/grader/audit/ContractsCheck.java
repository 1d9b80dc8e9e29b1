package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.TestOutcome;

/**
 * Proof 5, contract coverage: whatever a statement promises is held by a test that a wrong solution fails. The promises
 * are found by {@link Promises}, the tests and wrong solutions in the {@linkplain ContractTable table} of the exercise.
 */
final class ContractsCheck implements AuditCheck {
    /** Labs that are older than the tables. Every other lab has to be whole. */
    private static final Set<Integer> TABLES_TO_BE_MADE = Set.of(2, 3, 4, 5);

    private final Set<Integer> tablesToBeMade;

    /** A check of the course. */
    ContractsCheck() {
        this(TABLES_TO_BE_MADE);
    }

    /** A check that counts the promises without a row of the labs {@code tablesToBeMade} and does not object to them. */
    ContractsCheck(Set<Integer> tablesToBeMade) {
        this.tablesToBeMade = Set.copyOf(tablesToBeMade);
    }

    @Override
    public String name() {
        return "contracts";
    }

    @Override
    public String claim() {
        return "every promise of a statement is held by a test of its exercise, and a wrong solution fails that test";
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        for (Lab lab : scope.labs()) {
            List<ContractTable.Row> rows = readTables(scope, lab, result);
            count(scope, lab, rows, result);
            List<ContractTable.Row> tested =
                    rows.stream().filter(ContractTable.Row::isTested).toList();
            Zoo zoo = Zoo.read(scope, lab, result);
            Map<String, AuditTest> tests = Stream.concat(
                            scope.hiddenTests(lab).stream(), scope.publicTests(lab).stream())
                    .collect(Collectors.toMap(test -> test.planned().id(), test -> test, (first, second) -> first));
            List<Trial> trials = trials(tested, zoo, tests, result);
            List<Trial> chosen = scope.quick()
                    ? Samples.oneOfEachExercise(trials, trial -> trial.animal.exercise(), scope.seed())
                    : trials;
            if (chosen.size() < trials.size()) {
                result.note("lab %d: the tests of %d of %d wrong solutions were run, chosen by the seed"
                        .formatted(lab.number(), chosen.size(), trials.size()));
            }
            Workers.run(chosen, trial -> check(trial, zoo, List.copyOf(tests.values()), result));
        }
        return result.build();
    }

    private static List<ContractTable.Row> readTables(AuditScope scope, Lab lab, CheckResult.Builder result)
            throws IOException {
        Path directory = scope.material(lab).resolve("contracts");
        List<ContractTable.Row> rows = new ArrayList<>();
        for (ExerciseSpec exercise : scope.exercises(lab)) {
            try {
                rows.addAll(ContractTable.read(directory, exercise.id()));
            } catch (IllegalArgumentException malformed) {
                result.finding(String.valueOf(malformed.getMessage()));
            }
        }
        return rows;
    }

    /** Compares the sentences of the statements with those of the tables. */
    private void count(AuditScope scope, Lab lab, List<ContractTable.Row> rows, CheckResult.Builder result)
            throws IOException {
        List<Path> sources = scope.course().labs().stream()
                .map(other -> scope.tree(other).mainSources())
                .toList();
        List<Promise> promises = Statements.of(scope.home(), sources, scope.exercises(lab));
        Set<Promise> tested = promisesOf(rows.stream().filter(ContractTable.Row::isTested));
        Set<Promise> listed = promisesOf(rows.stream());
        List<Promise> open =
                promises.stream().filter(promise -> !listed.contains(promise)).toList();
        long held = promises.stream().filter(tested::contains).count();
        result.count(Count.PROMISES, promises.size());
        result.count(Count.PROMISES_HELD, held);
        result.count(Count.PROMISES_UNTESTABLE, promises.size() - held - open.size());
        result.count(Count.PROMISES_OPEN, open.size());
        result.note("lab %d: %d promises, %d held by a test, %d untestable, %d without a row"
                .formatted(lab.number(), promises.size(), held, promises.size() - held - open.size(), open.size()));
        if (!tablesToBeMade.contains(lab.number())) {
            open.forEach(promise -> result.finding(
                    "%s, %s has no row for: %s".formatted(promise.exercise(), promise.place(), promise.sentence())));
        }
        listed.stream()
                .filter(promise -> !promises.contains(promise))
                .forEach(promise -> result.finding("%s, %s does not promise (any more): %s"
                        .formatted(promise.exercise(), promise.place(), promise.sentence())));
    }

    private static Set<Promise> promisesOf(Stream<ContractTable.Row> rows) {
        return rows.map(ContractTable.Row::promise).collect(Collectors.toSet());
    }

    /** A wrong solution and the tests that it is said to fail. */
    private record Trial(ZooAnimal animal, Map<String, AuditTest> tests) {}

    /** One trial for each wrong solution that a row names; rows that name what there is not become findings. */
    private static List<Trial> trials(
            List<ContractTable.Row> rows, Zoo zoo, Map<String, AuditTest> tests, CheckResult.Builder result) {
        Map<String, Trial> trials = new TreeMap<>();
        for (ContractTable.Row row : rows) {
            String exercise = row.promise().exercise();
            AuditTest test = tests.get(row.test());
            Optional<ZooAnimal> animal = zoo.find(exercise, row.wrong()).filter(ZooAnimal::isWrong);
            if (test == null || !test.belongsTo(exercise)) {
                result.finding("%s has no test %s, which is to hold: %s"
                        .formatted(exercise, row.test(), row.promise().sentence()));
            } else if (animal.isEmpty()) {
                result.finding("%s has no wrong solution %s, which is to break: %s"
                        .formatted(exercise, row.wrong(), row.promise().sentence()));
            } else {
                trials.computeIfAbsent(exercise + " " + row.wrong(), name -> new Trial(animal.get(), new TreeMap<>()))
                        .tests
                        .put(row.test(), test);
            }
        }
        return List.copyOf(trials.values());
    }

    private static void check(Trial trial, Zoo zoo, List<AuditTest> all, CheckResult.Builder result)
            throws IOException, InterruptedException {
        String place = "contracts-" + trial.animal.exercise() + "-" + trial.animal.name();
        Optional<TestBench> bench = zoo.bench(trial.animal, place, result);
        if (bench.isEmpty()) {
            return;
        }
        List<AuditTest> wanted = List.copyOf(trial.tests.values());
        Set<String> classes = wanted.stream().map(AuditTest::className).collect(Collectors.toSet());
        List<AuditTest> others = all.stream()
                .filter(test -> classes.contains(test.className()) && !wanted.contains(test))
                .toList();
        for (TestOutcome outcome : bench.get().run(wanted, others, flag -> {})) {
            if (outcome.passed()) {
                result.finding("%s passes %s, which is to catch it"
                        .formatted(trial.animal.describe(), outcome.test().id()));
            } else if (outcome.verdict() == Verdict.NOT_GRADED) {
                result.finding("%s was not judged by %s, which %s"
                        .formatted(trial.animal.describe(), outcome.test().id(), outcome.message()));
            }
        }
    }
}

package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.TestOutcome;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.SpliceException;
import storagelab.grader.splice.Splicer;
import storagelab.grader.splice.SyntaxException;

/** Proof 6: known wrong solutions are caught with a message that helps, and right ones of another kind are accepted. */
final class ZooCheck implements AuditCheck {
    private static final int WRONG_MIN = 3;
    private static final int RIGHT_MIN = 1;

    /** An exception without a word of explanation: {@code "ArrayIndexOutOfBoundsException: Index 3 out of bounds"}. */
    private static final Pattern BARE = Pattern.compile("[\\w.$]*(Exception|Error)(: .*)?", Pattern.DOTALL);

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
            List<AuditTest> hidden = scope.hiddenTests(lab);
            List<ZooAnimal> animals = animals(scope, lab, result);
            for (ExerciseSpec exercise : scope.exercises(lab)) {
                count(exercise, animals, result);
            }
            List<ZooAnimal> chosen =
                    scope.quick() ? Samples.oneOfEachExercise(animals, ZooAnimal::exercise, scope.seed()) : animals;
            if (chosen.size() < animals.size()) {
                result.note("%d of %d animals, chosen by the seed".formatted(chosen.size(), animals.size()));
            }
            Workers.run(chosen, animal -> {
                List<AuditTest> tests = AuditTest.ofExercise(animal.exercise(), hidden);
                check(scope, lab, lineage(animal, animals), tests, result);
            });
        }
        return result.build();
    }

    private static List<ZooAnimal> animals(AuditScope scope, Lab lab, CheckResult.Builder result) throws IOException {
        List<ZooAnimal> animals = new ArrayList<>();
        Path zoo = scope.home().resolve("grader/src/main/zoo");
        for (ExerciseSpec exercise : scope.exercises(lab)) {
            for (Path file : LabTree.filesBelow(zoo.resolve(exercise.id()), ".java")) {
                try {
                    String name = file.getFileName().toString().replace(".java", "");
                    ZooAnimal animal = ZooAnimal.parse(name, Files.readString(file));
                    animals.add(animal);
                    if (!animal.exercise().equals(exercise.id())) {
                        result.finding(
                                "%s is in the directory of exercise %s".formatted(animal.words(), exercise.id()));
                    }
                } catch (IllegalArgumentException wrongHead) {
                    result.finding(exercise.id() + " " + wrongHead.getMessage());
                }
            }
        }
        for (ZooAnimal animal : animals) {
            if (animal.on().isPresent() && lineage(animal, animals).size() == 1) {
                result.finding("%s does not fit: no animal of its type that stands on the reference is called %s"
                        .formatted(animal.words(), animal.on().get()));
            }
        }
        return animals;
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

    /** The animal that {@code animal} is a change of, if there is one, and itself. */
    private static List<ZooAnimal> lineage(ZooAnimal animal, List<ZooAnimal> animals) {
        Stream<ZooAnimal> below = animals.stream().filter(animal::isOn);
        return Stream.concat(below, Stream.of(animal)).toList();
    }

    private static void check(
            AuditScope scope, Lab lab, List<ZooAnimal> lineage, List<AuditTest> tests, CheckResult.Builder result)
            throws IOException, InterruptedException {
        ZooAnimal animal = lineage.get(lineage.size() - 1);
        String place = "zoo-" + animal.exercise() + "-" + animal.name();
        Path root = scope.freshDirectory(place);
        Path classes = root.resolve("classes");
        List<String> errors = compile(scope, lab, lineage, root.resolve("source"), classes);
        errors.forEach(error -> result.finding(animal.words() + " does not fit: " + error));
        if (!errors.isEmpty()) {
            return;
        }
        List<Path> version = new ArrayList<>(List.of(classes));
        version.addAll(scope.classes(lab));
        TestBench bench = TestBench.of(scope, version, scope.testClasses(lab), place + "/work");
        List<TestOutcome> failures =
                bench.run(tests).stream().filter(outcome -> !outcome.passed()).toList();
        if (animal.isWrong()) {
            judgeWrong(animal, failures, result);
        } else if (failures.isEmpty()) {
            result.count(Count.ZOO_ACCEPTED, 1);
        } else {
            failures.forEach(failure -> result.finding("%s is right and is not accepted by %s: %s"
                    .formatted(animal.words(), failure.test().id(), failure.message())));
        }
    }

    private static void judgeWrong(ZooAnimal animal, List<TestOutcome> failures, CheckResult.Builder result) {
        if (failures.isEmpty()) {
            result.finding(animal.words() + " is wrong and passes every hidden test");
            return;
        }
        result.count(Count.ZOO_CAUGHT, 1);
        if (failures.stream().noneMatch(ZooCheck::saysWhatIsWrong)) {
            TestOutcome first = failures.get(0);
            result.finding("%s is caught, and no message says what is wrong; %s says: %s"
                    .formatted(animal.words(), first.test().id(), first.message()));
        }
    }

    private static boolean saysWhatIsWrong(TestOutcome failure) {
        return failure.verdict() == Verdict.TIMED_OUT
                || (failure.message().length() >= MESSAGE_LENGTH_MIN
                        && !BARE.matcher(failure.message()).matches());
    }

    /** Splices the animals into the reference, in order, and compiles the one file that changed against the rest. */
    private static List<String> compile(AuditScope scope, Lab lab, List<ZooAnimal> lineage, Path source, Path classes)
            throws IOException {
        String path = lineage.get(0).type().replace('.', '/') + ".java";
        Path reference = scope.tree(lab).mainSources().resolve(path);
        if (!Files.exists(reference)) {
            return List.of("the reference has no file " + path);
        }
        Path changed = source.resolve(path);
        Files.createDirectories(changed.resolveSibling("."));
        try {
            String text = Files.readString(reference);
            for (ZooAnimal animal : lineage) {
                text = Splicer.splice(
                        SourceFile.parse(path, text), SourceFile.parse(animal.name() + ".java", animal.text()));
            }
            Files.writeString(changed, text);
        } catch (SpliceException | SyntaxException misfit) {
            return List.of(misfit.getMessage());
        }
        List<Path> classPath = new ArrayList<>(scope.classes(lab));
        classPath.addAll(scope.libraries());
        return new SourceCompiler(classPath).compile(List.of(changed), classes);
    }
}

package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import storagelab.grader.course.Lab;
import storagelab.grader.grade.LabSources;
import storagelab.grader.rules.ClassRule.Violation;
import storagelab.grader.rules.CompiledClasses;

/** No rule of grading refuses honest work: the reference, and the solutions of the zoo, right or wrong. */
final class RulesCheck implements AuditCheck {
    @Override
    public String name() {
        return "rules";
    }

    @Override
    public String claim() {
        return "the reference and the solutions of the zoo, right or wrong, use only what submissions may use";
    }

    @Override
    public boolean runsTests() {
        return false;
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException {
        CheckResult.Builder result = CheckResult.of(this);
        for (Lab lab : scope.labs()) {
            Set<String> sources = new HashSet<>();
            scope.exercises(lab)
                    .forEach(exercise -> exercise.files().stream()
                            .map(LabSources::sourcePath)
                            .forEach(sources::add));
            check("the reference of lab " + lab.number(), scope.tree(lab).mainClasses(), sources, result);
            Zoo zoo = Zoo.read(scope, lab, result);
            List<ZooAnimal> animals = scope.quick()
                    ? Samples.oneOfEachExercise(zoo.animals(), ZooAnimal::exercise, scope.seed())
                    : zoo.animals();
            for (ZooAnimal animal : animals) {
                Optional<Path> classes = zoo.compiled(animal, "rules", result);
                if (classes.isPresent()) {
                    check(animal.describe(), classes.get(), Set.of(Zoo.pathOf(animal)), result);
                }
            }
        }
        return result.build();
    }

    private static void check(String whose, Path classes, Set<String> sources, CheckResult.Builder result)
            throws IOException {
        Set<String> packages = new TreeSet<>();
        sources.forEach(source -> packages.add(source.substring(0, source.lastIndexOf('/') + 1)));
        Predicate<String> isOfAStudent = sources::contains;
        CompiledClasses compiled = CompiledClasses.read(classes, packages);
        result.count(
                Count.CLASSES_CHECKED,
                compiled.sources().values().stream().filter(isOfAStudent).count());
        for (Map.Entry<String, Violation> refused :
                compiled.violations(isOfAStudent).entrySet()) {
            result.finding("%s would be refused: %s, line %d, %s"
                    .formatted(
                            whose,
                            refused.getKey(),
                            refused.getValue().line(),
                            refused.getValue().words()));
        }
    }
}

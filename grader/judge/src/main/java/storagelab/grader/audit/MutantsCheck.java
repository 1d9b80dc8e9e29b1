package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import storagelab.grader.course.Lab;
import storagelab.grader.splice.SourceFile;

/**
 * Proof 7: the tests notice small changes. Only what the student writes is changed; what is given is not graded.
 *
 * <p>A mutant meets the tests of its own exercise first, public and hidden. One that survives them, and is not listed as
 * equivalent, meets all tests of the lab. Reports are kept until the classes or the tests that they speak of change.
 */
final class MutantsCheck implements AuditCheck {
    /** Units of the quick half: the rest takes longer than a reader of a build log wants to wait. */
    private static final Set<String> QUICK = Set.of("1.1");

    @Override
    public String name() {
        return "mutants";
    }

    @Override
    public String claim() {
        return "every mutant of the reference is killed by a test or listed as equivalent with the reason";
    }

    @Override
    public boolean runsTests() {
        return false;
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        for (Lab lab : scope.labs()) {
            for (MutationUnit unit : MutationUnit.of(lab)) {
                boolean wanted = unit.exercises().stream().anyMatch(scope::isWanted);
                if (wanted && (!scope.quick() || QUICK.contains(unit.name()))) {
                    Path listed = scope.material(lab).resolve("mutants");
                    run(scope, lab, unit, EquivalentMutants.read(listed, unit.exercises()), result);
                }
            }
        }
        return result.build();
    }

    private static void run(
            AuditScope scope, Lab lab, MutationUnit unit, EquivalentMutants equivalents, CheckResult.Builder result)
            throws IOException, InterruptedException {
        Map<String, StudentLines> students = studentLines(scope, unit.classesByFile(lab.module()));
        List<AuditTest> tests = scope.gradedTests(lab);
        List<AuditTest> own = tests.stream().filter(unit::isTestedBy).toList();
        if (own.isEmpty()) {
            result.finding("exercise " + unit.name() + " has no test that could kill a mutant");
            return;
        }
        Set<String> left = new TreeSet<>();
        students.values().forEach(lines -> left.addAll(lines.givenMethods()));
        students.values().forEach(lines -> left.removeAll(lines.studentMethods()));
        PitRun run = PitRun.of(scope, lab, students.keySet(), own).leaving(left);
        List<Mutant> mutants = students(mutants(scope, lab, unit.name(), run), students);
        Set<Mutant> open = mutants.stream()
                .filter(mutant -> mutant.survived() && equivalents.find(mutant).isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!open.isEmpty() && !scope.quick()) {
            PitRun again =
                    PitRun.of(scope, lab, classes(open), tests).leaving(left).leaving(untouched(mutants, open));
            Set<String> killed = students(mutants(scope, lab, unit.name() + "-by-all", again), students).stream()
                    .filter(Mutant::isKilled)
                    .map(Mutant::identity)
                    .collect(Collectors.toSet());
            open.removeIf(mutant -> killed.contains(mutant.identity()));
        }
        judge(mutants, open, equivalents, result);
        for (EquivalentMutants.Entry stale : equivalents.stale(mutants)) {
            result.finding("the list of equivalent mutants describes none that exists: " + stale.describe());
        }
    }

    /** The mutants of a run; from the report of an earlier one if nothing has changed since. */
    private static List<Mutant> mutants(AuditScope scope, Lab lab, String name, PitRun run)
            throws IOException, InterruptedException {
        Path report = scope.work().resolve("mutants").resolve(name + "-" + run.hash() + ".xml");
        if (!Files.exists(report)) {
            scope.say("  mutants: exercise " + name);
            Path made = report(scope, lab, name, run);
            Files.createDirectories(report.resolveSibling("."));
            Files.move(made, report, StandardCopyOption.REPLACE_EXISTING);
        }
        return new PitReport(name, scope.tree(lab).mainSources()).read(report);
    }

    /** PIT wants every test to pass first. On a busy machine one may not, and flakes are the concern of another check. */
    private static Path report(AuditScope scope, Lab lab, String name, PitRun run)
            throws IOException, InterruptedException {
        Path sources = scope.tree(lab).mainSources();
        try {
            return run.execute(scope.mutationEngine(), sources, scope.freshDirectory("pit-" + name));
        } catch (IOException first) {
            scope.say("  mutants: exercise " + name + ", once more: " + first.getMessage());
            return run.execute(scope.mutationEngine(), sources, scope.freshDirectory("pit-" + name));
        }
    }

    private static Set<String> classes(Set<Mutant> mutants) {
        return mutants.stream()
                .map(mutant -> topLevel(mutant.className()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of methods that have mutants and none of them in {@code open}. */
    private static Set<String> untouched(List<Mutant> mutants, Set<Mutant> open) {
        Set<String> names = mutants.stream().map(Mutant::method).collect(Collectors.toCollection(TreeSet::new));
        open.forEach(mutant -> names.remove(mutant.method()));
        return names;
    }

    private static void judge(
            List<Mutant> mutants, Set<Mutant> open, EquivalentMutants equivalents, CheckResult.Builder result) {
        long equivalent = 0;
        for (Mutant mutant : mutants) {
            if (open.contains(mutant)) {
                result.finding(mutant.describe());
            } else if (mutant.survived() && equivalents.find(mutant).isPresent()) {
                equivalent++;
            } else if (mutant.survived()) {
                result.note("killed by the tests of another exercise only: " + mutant.place());
            }
        }
        long viable = mutants.stream().filter(Mutant::isViable).count();
        result.count(Count.MUTANTS, viable);
        result.count(Count.MUTANTS_KILLED, viable - equivalent - open.size());
        result.count(Count.MUTANTS_EQUIVALENT, equivalent);
    }

    private static List<Mutant> students(List<Mutant> mutants, Map<String, StudentLines> students) {
        return mutants.stream()
                .filter(mutant -> {
                    StudentLines lines = students.get(topLevel(mutant.className()));
                    return lines != null && lines.contains(mutant.line());
                })
                .toList();
    }

    private static String topLevel(String className) {
        int dollar = className.indexOf('$');
        return dollar < 0 ? className : className.substring(0, dollar);
    }

    private static Map<String, StudentLines> studentLines(AuditScope scope, Map<String, String> classByFile)
            throws IOException {
        Map<String, StudentLines> students = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : classByFile.entrySet()) {
            String text = Files.readString(scope.home().resolve(file.getKey()));
            students.put(file.getValue(), StudentLines.of(SourceFile.parse(file.getKey(), text)));
        }
        return students;
    }
}

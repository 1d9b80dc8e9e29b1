package storagelab.grader.audit;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import storagelab.grader.course.Lab;
import storagelab.grader.splice.SourceFile;

/**
 * Proof 7: the hidden tests notice small changes. Only what the student writes is changed; what is given is not
 * graded. A report is kept until the classes, the tests or the sources that it speaks of change.
 */
final class MutantsCheck implements AuditCheck {
    /** Units of the quick half: the rest takes longer than a reader of a build log wants to wait. */
    private static final Set<String> QUICK = Set.of("1.1");

    private static final String EQUIVALENTS = "grader/src/main/audit/equivalent-mutants.txt";

    @Override
    public String name() {
        return "mutants";
    }

    @Override
    public String claim() {
        return "every mutant of the reference is killed by a hidden test or listed as equivalent with the reason";
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        EquivalentMutants equivalents = EquivalentMutants.read(scope.home().resolve(EQUIVALENTS));
        for (Lab lab : scope.labs()) {
            for (MutationUnit unit : MutationUnit.of(lab)) {
                if (!scope.quick() || QUICK.contains(unit.name())) {
                    run(scope, lab, unit, equivalents, result);
                }
            }
        }
        return result.build();
    }

    private void run(
            AuditScope scope, Lab lab, MutationUnit unit, EquivalentMutants equivalents, CheckResult.Builder result)
            throws IOException, InterruptedException {
        Map<String, String> classByFile = unit.classesByFile(lab.module());
        Map<String, StudentLines> students = studentLines(scope, classByFile);
        List<AuditTest> tests =
                scope.hiddenTests(lab).stream().filter(unit::isTestedBy).toList();
        if (tests.isEmpty()) {
            result.finding("exercise " + unit.name() + " has no hidden test that could kill a mutant");
            return;
        }
        Set<String> given = new TreeSet<>();
        students.values().forEach(lines -> given.addAll(lines.givenMethods()));
        students.values().forEach(lines -> given.removeAll(lines.studentMethods()));
        PitRun run = new PitRun(
                classPath(scope, lab),
                List.copyOf(classByFile.values()),
                given,
                tests.stream().map(AuditTest::className).distinct().toList(),
                unit.exercises(),
                scope.seed());
        Path sources = scope.tree(lab).mainSources();
        Path report = scope.work().resolve("mutants").resolve(unit.name() + "-" + key(scope, lab, run) + ".xml");
        if (!Files.exists(report)) {
            scope.say("  mutants: exercise " + unit.name());
            Path made =
                    run.execute(scope.mutationEngine(), List.of(sources), scope.freshDirectory("pit-" + unit.name()));
            Files.createDirectories(report.getParent());
            Files.move(made, report, StandardCopyOption.REPLACE_EXISTING);
        }
        List<Mutant> mutants = new PitReport(unit.name(), sources)
                .read(report).stream()
                        .filter(mutant -> isStudents(mutant, students))
                        .toList();
        judge(mutants, Set.copyOf(classByFile.values()), equivalents, result);
    }

    private static void judge(
            List<Mutant> mutants, Set<String> classes, EquivalentMutants equivalents, CheckResult.Builder result) {
        long equivalent = 0;
        for (Mutant mutant : mutants) {
            if (!mutant.survived()) {
                continue;
            }
            if (equivalents.find(mutant).isPresent()) {
                equivalent++;
            } else {
                result.finding(mutant.words());
            }
        }
        result.count(Count.MUTANTS, mutants.stream().filter(Mutant::isViable).count());
        result.count(
                Count.MUTANTS_KILLED, mutants.stream().filter(Mutant::isKilled).count());
        result.count(Count.MUTANTS_EQUIVALENT, equivalent);
        for (EquivalentMutants.Entry stale : equivalents.stale(mutants, classes)) {
            result.finding("the list of equivalent mutants describes none that exists: " + stale.words());
        }
    }

    private static boolean isStudents(Mutant mutant, Map<String, StudentLines> students) {
        String name = mutant.className();
        int dollar = name.indexOf('$');
        StudentLines lines = students.get(dollar < 0 ? name : name.substring(0, dollar));
        return lines != null && lines.contains(mutant.line());
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

    private static List<Path> classPath(AuditScope scope, Lab lab) throws IOException {
        List<Path> classPath = new ArrayList<>(scope.classes(lab));
        classPath.add(scope.tree(lab).testClasses());
        classPath.add(scope.graderClasses());
        classPath.addAll(scope.libraries());
        return classPath;
    }

    /** A hash of all that the report depends on: the labs' classes, the tests of the run, and what they use. */
    private static String key(AuditScope scope, Lab lab, PitRun run) throws IOException {
        Hasher hasher = Hashing.sha256().newHasher();
        hasher.putUnencodedChars(run.toString());
        for (Path directory : scope.classes(lab)) {
            putFiles(hasher, directory, LabTree.filesBelow(directory, ".class"));
        }
        Path tests = scope.tree(lab).testClasses();
        putFiles(hasher, tests, LabTree.filesBelow(tests.resolve("storagelab/testkit"), ".class"));
        for (String test : run.testClasses()) {
            String stem = test.substring(test.lastIndexOf('.') + 1);
            Path directory = scope.graderClasses()
                    .resolve(test.substring(0, test.lastIndexOf('.')).replace('.', '/'));
            putFiles(
                    hasher,
                    directory,
                    LabTree.filesBelow(directory, ".class").stream()
                            .filter(file -> isOf(file, stem) || !isTest(file))
                            .toList());
        }
        return hasher.hash().toString().substring(0, 16);
    }

    private static boolean isOf(Path file, String stem) {
        String name = file.getFileName().toString();
        return name.equals(stem + ".class") || name.startsWith(stem + "$");
    }

    private static boolean isTest(Path file) {
        return file.getFileName().toString().matches(".*Test(\\$.*)?\\.class");
    }

    private static void putFiles(Hasher hasher, Path root, List<Path> files) throws IOException {
        for (Path file : files) {
            hasher.putString(root.relativize(file).toString(), StandardCharsets.UTF_8);
            hasher.putBytes(Files.readAllBytes(file));
        }
    }
}

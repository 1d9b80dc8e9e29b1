package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import storagelab.grader.course.Lab;
import storagelab.grader.splice.SourceFile;

/**
 * Proof 5, second half: what a student gets holds nothing of the solution. Searched is a handout as it would be
 * published, file by file, jars included.
 */
final class LeaksCheck implements AuditCheck {
    /** A shorter line is too common to say that something was copied. */
    private static final int LINE_LENGTH_MIN = 24;

    /** What the starter puts in place of constructors that went, so that none appears that is public. */
    private static final Pattern EMPTY_CONSTRUCTOR = Pattern.compile("private \\w+\\(\\) \\{\\}");

    @Override
    public String name() {
        return "leaks";
    }

    @Override
    public String claim() {
        return "no solution, class file, zoo file or hidden test is in the starter or the handout";
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException {
        CheckResult.Builder result = CheckResult.of(this);
        for (Lab lab : scope.labs()) {
            Set<String> hiddenNames = hiddenNames(scope, lab);
            Set<String> solutionLines = solutionLines(scope, lab);
            StarterTree.of(scope, lab, "leaks").texts().forEach((path, text) -> {
                result.count(Count.FILES_SEARCHED, 1);
                search(path, text, hiddenNames, solutionLines, result);
            });
        }
        return result.build();
    }

    private static void search(
            String name, String text, Set<String> hiddenNames, Set<String> solutionLines, CheckResult.Builder result) {
        text.lines()
                .map(String::strip)
                .filter(solutionLines::contains)
                .distinct()
                .forEach(line -> result.finding("%s has a line of the solution: %s".formatted(name, line)));
        for (String hidden : hiddenNames) {
            if (text.contains(hidden)) {
                result.finding(name + " names the hidden test " + hidden);
            }
        }
        if (text.contains("@Solution") && !name.startsWith("src/main/java/storagelab/course/")) {
            result.finding(name + " has a member marked @Solution");
        }
    }

    private static Set<String> hiddenNames(AuditScope scope, Lab lab) throws IOException {
        return scope.hiddenTests(lab).stream()
                .map(test -> test.className().substring(test.className().lastIndexOf('.') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The lines of code that only the reference may have: those of students' bodies that no given code has. */
    private static Set<String> solutionLines(AuditScope scope, Lab lab) throws IOException {
        Set<String> students = new TreeSet<>();
        Set<String> given = new TreeSet<>();
        for (Path file : LabTree.filesBelow(scope.tree(lab).mainSources(), ".java")) {
            String text = Files.readString(file);
            StudentLines lines = StudentLines.of(SourceFile.parse(file.toString(), text));
            int number = 0;
            for (String line : text.lines().toList()) {
                number++;
                (lines.isCut(number) ? students : given).add(line.strip());
            }
        }
        students.removeAll(given);
        students.removeIf(line -> line.length() < LINE_LENGTH_MIN
                || EMPTY_CONSTRUCTOR.matcher(line).matches());
        return students;
    }
}

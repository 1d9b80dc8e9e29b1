package storagelab.grader.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import storagelab.grader.course.Lab;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.starter.WorkspaceWriter;

/**
 * Proof 5, second half: what a student gets holds nothing of the solution. Searched is a handout as it would be
 * published, which is a starter and the students' edition of the tool, jars included.
 */
final class LeaksCheck implements AuditCheck {
    /** A shorter line is too common to say that something was copied. */
    private static final int LINE_LENGTH_MIN = 24;

    /** What the starter puts in place of constructors that went, so that none appears that is public. */
    private static final Pattern EMPTY_CONSTRUCTOR = Pattern.compile("private \\w+\\(\\) \\{\\}");

    /** What of the tool a student never gets. */
    private static final Pattern SECRET_ENTRY = Pattern.compile(
            "storagelab/grader/hidden/.*|zoo/.*|.*/zoo/.*|attacks/.*|.*/attacks/.*|storagelab/(?!grader/).*\\.class|org/pitest/.*");

    /** Where the corpus of {@link AttacksCheck} is, wherever it may be copied to. */
    private static final Pattern ATTACK = Pattern.compile("(.*/)?attacks/.*");

    @Override
    public String name() {
        return "leaks";
    }

    @Override
    public String claim() {
        return "no solution, class file, zoo file, attack or hidden test is in the starter or the handout";
    }

    @Override
    public boolean runsTests() {
        return false;
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException {
        CheckResult.Builder result = CheckResult.of(this);
        Path handout = scope.freshDirectory("leaks").resolve("handout");
        WorkspaceWriter.handout(scope.home(), handout);
        Set<String> secretNames = new TreeSet<>();
        for (Lab lab : published(scope)) {
            secretNames.addAll(hiddenNames(scope, lab));
        }
        Set<String> solutionLines = solutionLines(scope);
        for (Path file : LabTree.filesBelow(handout, "")) {
            String name = handout.relativize(file).toString().replace('\\', '/');
            result.count(Count.FILES_SEARCHED, 1);
            if (ATTACK.matcher(name).matches()) {
                result.finding("the handout has a file of the corpus of attacks: " + name);
            } else if (name.endsWith(".class")) {
                result.finding("the handout has a class file: " + name);
            } else if (name.endsWith(".jar")) {
                searchJar(name, file, result);
            } else {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                searchText(name, text, secretNames, result);
                if (name.contains("/src/main/")) {
                    searchSource(name, text, solutionLines, result);
                }
            }
        }
        return result.build();
    }

    private static void searchJar(String name, Path jar, CheckResult.Builder result) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<String> entries = zip.stream().map(ZipEntry::getName).toList();
            result.count(Count.FILES_SEARCHED, entries.size());
            for (String entry : entries) {
                if (SECRET_ENTRY.matcher(entry).matches()) {
                    result.finding("%s has the entry %s".formatted(name, entry));
                }
            }
        }
    }

    private static void searchText(String name, String text, Set<String> secretNames, CheckResult.Builder result) {
        for (String secret : secretNames) {
            if (text.contains(secret)) {
                result.finding(name + " names the hidden test " + secret);
            }
        }
    }

    private static void searchSource(String name, String text, Set<String> solutionLines, CheckResult.Builder result) {
        text.lines()
                .map(String::strip)
                .filter(solutionLines::contains)
                .distinct()
                .forEach(line -> result.finding("%s has a line of the solution: %s".formatted(name, line)));
        if (text.contains("@Solution") || text.contains("course.Solution")) {
            result.finding(name + " has a member marked @Solution");
        }
    }

    /** All labs that are in a handout, whichever the audit was asked to look at: it is written whole. */
    private static List<Lab> published(AuditScope scope) {
        return scope.course().labs().stream().filter(Lab::published).toList();
    }

    /** Simple names of hidden test classes. */
    private static Set<String> hiddenNames(AuditScope scope, Lab lab) throws IOException {
        Set<String> names = new TreeSet<>();
        for (AuditTest test : scope.hiddenTests(lab)) {
            names.add(test.className().substring(test.className().lastIndexOf('.') + 1));
        }
        return names;
    }

    /** The lines of code that only the reference may have: those of students' bodies that no given code of any lab has. */
    private static Set<String> solutionLines(AuditScope scope) throws IOException {
        Set<String> students = new TreeSet<>();
        Set<String> given = new TreeSet<>();
        for (Lab lab : published(scope)) {
            sortLines(scope.tree(lab), students, given);
        }
        students.removeAll(given);
        students.removeIf(line -> line.length() < LINE_LENGTH_MIN
                || EMPTY_CONSTRUCTOR.matcher(line).matches());
        return students;
    }

    private static void sortLines(LabTree lab, Set<String> students, Set<String> given) throws IOException {
        for (Path file : LabTree.filesBelow(lab.mainSources(), ".java")) {
            String text = Files.readString(file);
            StudentLines lines = StudentLines.of(SourceFile.parse(file.toString(), text));
            int number = 0;
            for (String line : text.lines().toList()) {
                number++;
                (lines.isCut(number) ? students : given).add(line.strip());
            }
        }
    }
}

package storagelab.grader.audit;

import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import storagelab.course.Solution;
import storagelab.grader.course.Lab;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.Stubber;

/**
 * Proofs 2 and 5, first half: the starter compiles with all tests, and shows the world the reference's face. And every mark
 * {@code @Solution} says something: without it, more would be in the starter.
 */
final class StarterCheck implements AuditCheck {
    /** The one type that only the reference needs. */
    private static final String ONLY_IN_REFERENCE = Solution.class.getName();

    private static final Pattern MARK = Pattern.compile("(?m)^[ \\t]*@Solution\\R");

    @Override
    public String name() {
        return "starter";
    }

    @Override
    public String claim() {
        return "the starter compiles with all tests and has the public signatures of the reference, and every @Solution changes it";
    }

    @Override
    public boolean runsTests() {
        return false;
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException {
        CheckResult.Builder result = CheckResult.of(this);
        for (Lab lab : scope.labs()) {
            StarterTree starter = StarterTree.of(scope, lab, "starter");
            result.count(Count.STARTER_FILES, starter.files());
            starter.errors().forEach(result::finding);
            if (starter.errors().isEmpty()) {
                compare(PublicFace.of(scope.tree(lab).mainClasses()), PublicFace.of(starter.classes()), result);
            }
            for (Path source : LabTree.filesBelow(scope.tree(lab).mainSources(), ".java")) {
                findIdleMarks(source.getFileName().toString(), Files.readString(source), result);
            }
        }
        return result.build();
    }

    private static void findIdleMarks(String name, String text, CheckResult.Builder result) {
        Matcher mark = MARK.matcher(text);
        while (mark.find()) {
            String without = text.substring(0, mark.start()) + text.substring(mark.end());
            if (Stubber.starter(SourceFile.parse(name, without))
                    .equals(Stubber.starter(SourceFile.parse(name, text)))) {
                result.finding("%s, line %d: what is marked @Solution is not in the starter without the mark, either"
                        .formatted(name, text.substring(0, mark.start()).lines().count() + 1));
            }
        }
    }

    private static void compare(
            NavigableMap<String, Set<String>> reference,
            NavigableMap<String, Set<String>> starter,
            CheckResult.Builder result) {
        reference.remove(ONLY_IN_REFERENCE);
        result.count(Count.SIGNATURES, reference.size());
        for (String type : Sets.difference(starter.keySet(), reference.keySet())) {
            result.finding("the starter has a public type that the reference has not: " + type);
        }
        for (Map.Entry<String, Set<String>> type : reference.entrySet()) {
            Set<String> other = starter.get(type.getKey());
            if (other == null) {
                result.finding("the starter lacks the public type " + type.getKey());
                continue;
            }
            for (String signature : Sets.difference(type.getValue(), other)) {
                result.finding("the starter lacks, in %s: %s".formatted(type.getKey(), signature));
            }
            for (String signature : Sets.difference(other, type.getValue())) {
                result.finding("only the starter has, in %s: %s".formatted(type.getKey(), signature));
            }
        }
    }
}

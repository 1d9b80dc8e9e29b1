package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.TestOutcome;

/**
 * Proof 3: on the starter of a lab, the labs below it being complete, every test of every exercise ends in {@code
 * ExerciseNotDone}, and in no other way.
 *
 * <p>Most end in the id of their own exercise: "not started". One that first calls an exercise which its own needs,
 * directly or through others, ends in that id: "blocked". That an exercise whose tests are all blocked here says "not
 * started" once the others are there is what {@link SingleStubCheck} shows.
 */
final class NotStartedCheck implements AuditCheck {
    private static final Pattern BLOCKED_BY = Pattern.compile("exercise (\\d+\\.\\d+)");

    @Override
    public String name() {
        return "not-started";
    }

    @Override
    public String claim() {
        return "on the starter every test ends in ExerciseNotDone, of its own exercise or of one that it needs";
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        for (Lab lab : scope.labs()) {
            StarterTree starter = StarterTree.of(scope, lab, "not-started");
            if (!starter.errors().isEmpty()) {
                result.finding("the starter of lab " + lab.number() + " does not compile");
                continue;
            }
            List<Path> version = new ArrayList<>(List.of(starter.classes()));
            version.addAll(scope.classesBelow(lab));
            List<Path> tests = new ArrayList<>(List.of(starter.testClasses()));
            tests.addAll(scope.testClassesBelow(lab));
            TestBench bench =
                    TestBench.of(scope, lab, version, tests, "not-started-work").patient();
            check(scope.course(), bench.run(tagged(scope.wanted(scope.publicTests(lab))), result), "public", result);
            check(scope.course(), bench.run(scope.wanted(scope.hiddenTests(lab)), result), "hidden", result);
        }
        return result.build();
    }

    private static List<AuditTest> tagged(List<AuditTest> tests) {
        return tests.stream().filter(test -> !test.exercises().isEmpty()).toList();
    }

    private static void check(Course course, List<TestOutcome> outcomes, String kind, CheckResult.Builder result) {
        result.count(Count.STARTER_TESTS, outcomes.size());
        long blocked = 0;
        for (TestOutcome outcome : outcomes) {
            if (isBlockedRightly(course, outcome)) {
                blocked++;
            } else if (outcome.verdict() != Verdict.NOT_STARTED) {
                result.finding("%s test %s on the starter: %s %s"
                        .formatted(kind, outcome.test().id(), outcome.verdict().describe(), outcome.message()));
            }
        }
        if (blocked > 0) {
            result.note("%d of %d %s tests are blocked by an exercise that theirs needs"
                    .formatted(blocked, outcomes.size(), kind));
        }
    }

    private static boolean isBlockedRightly(Course course, TestOutcome outcome) {
        Matcher id = BLOCKED_BY.matcher(outcome.message());
        if (outcome.verdict() != Verdict.BLOCKED || !id.find()) {
            return false;
        }
        Set<String> needed = new TreeSet<>();
        outcome.test().tags().stream().filter(ExerciseSpec::isId).forEach(tag -> addNeeds(course, tag, needed));
        return needed.contains(id.group(1));
    }

    private static void addNeeds(Course course, String exercise, Set<String> needed) {
        for (String need : course.exercise(exercise).needs()) {
            if (needed.add(need)) {
                addNeeds(course, need, needed);
            }
        }
    }
}

package storagelab.grader.gradebook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.TestKind;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;

/**
 * What became of one exercise in all submissions.
 *
 * @param id of the exercise
 * @param title of it
 * @param verdicts how many submissions ended with each
 * @param meanPart what the submissions earned of its points, on average, 0 to 1
 * @param failing tests that some submission failed after it was started, the most failed first
 */
public record ExerciseStatistics(
        String id, String title, Map<Verdict, Integer> verdicts, double meanPart, List<FailingTest> failing) {
    private static final int MESSAGES_MAX = 3;
    private static final int LENGTH_MAX = 300;
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /**
     * A test that submissions fail.
     *
     * @param name what it asks
     * @param kind whether students have it
     * @param failures how many submissions fail it
     * @param messages the commonest, with how many submissions have it; those that differ only in numbers are one
     */
    public record FailingTest(String name, TestKind kind, int failures, List<Message> messages) {}

    /**
     * A message.
     *
     * @param text as one of the submissions has it
     * @param count how many have it
     */
    public record Message(String text, int count) {}

    /** The statistics of all exercises, in order. */
    static List<ExerciseStatistics> of(Collection<GradeResult> results) {
        Map<String, Tally> tallies = new TreeMap<>(ExerciseSpec.BY_NUMBER);
        for (GradeResult result : results) {
            for (LabResult lab : result.labs()) {
                for (ExerciseResult exercise : lab.exercises()) {
                    tallies.computeIfAbsent(exercise.id(), id -> new Tally(id, exercise.title()))
                            .add(exercise);
                }
            }
        }
        return tallies.values().stream().map(Tally::statistics).toList();
    }

    /** How many submissions there are. */
    public int count() {
        return verdicts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many submissions ended with {@code verdict}. */
    public int count(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0);
    }

    private static final class Tally {
        private final String id;
        private final String title;
        private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        private final Map<String, Failures> failures = new TreeMap<>();
        private double parts;
        private int count;

        Tally(String id, String title) {
            this.id = id;
            this.title = title;
        }

        private record Failures(TestResult example, Map<String, List<String>> messages) {}

        void add(ExerciseResult exercise) {
            verdicts.merge(exercise.verdict(), 1, Integer::sum);
            parts += exercise.points() == 0 ? 0 : exercise.earned() / exercise.points();
            count++;
            for (TestResult test : exercise.tests()) {
                boolean says = test.verdict() == Verdict.FAILED
                        || test.verdict() == Verdict.TIMED_OUT
                        || test.verdict() == Verdict.CRASHED;
                if (says) {
                    String shape = NUMBER.matcher(test.message()).replaceAll("#");
                    failures.computeIfAbsent(test.id(), none -> new Failures(test, new TreeMap<>()))
                            .messages()
                            .computeIfAbsent(shape, none -> new ArrayList<>())
                            .add(test.message());
                }
            }
        }

        ExerciseStatistics statistics() {
            List<FailingTest> failing = failures.values().stream()
                    .map(Tally::failing)
                    .sorted(Comparator.comparingInt(FailingTest::failures)
                            .reversed()
                            .thenComparing(FailingTest::name))
                    .toList();
            return new ExerciseStatistics(id, title, Map.copyOf(verdicts), parts / Math.max(1, count), failing);
        }

        private static FailingTest failing(Failures failures) {
            int all = failures.messages().values().stream().mapToInt(List::size).sum();
            List<Message> messages = failures.messages().values().stream()
                    .map(alike -> new Message(cut(alike.get(0)), alike.size()))
                    .sorted(Comparator.comparingInt(Message::count).reversed().thenComparing(Message::text))
                    .limit(MESSAGES_MAX)
                    .toList();
            return new FailingTest(failures.example().name(), failures.example().kind(), all, messages);
        }

        private static String cut(String text) {
            return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + " …";
        }
    }
}

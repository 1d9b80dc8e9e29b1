package storagelab.grader.syllabus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Exercises with one due time.
 *
 * @param id a word, such as {@code "lab-1"}
 * @param title a few words
 * @param due when it is due; empty if lateness does not matter
 * @param late what lateness costs
 * @param exercises in the order of their ids
 */
public record Assignment(String id, String title, Optional<Instant> due, LateRule late, List<Weight> exercises) {
    public Assignment {
        exercises = List.copyOf(exercises);
    }

    /**
     * What an exercise is worth in the assignment.
     *
     * @param exercise its id
     * @param points for passing every test
     * @param isExtraCredit whether they come on top of what the assignment is worth
     */
    public record Weight(String exercise, double points, boolean isExtraCredit) {}

    /** What the assignment is worth, without extra credit. */
    public double points() {
        return exercises.stream()
                .filter(weight -> !weight.isExtraCredit())
                .mapToDouble(Weight::points)
                .sum();
    }
}

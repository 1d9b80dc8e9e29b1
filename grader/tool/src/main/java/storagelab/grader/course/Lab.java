package storagelab.grader.course;

import java.util.List;

/**
 * One lab of the course.
 *
 * @param number from 1
 * @param module its directory: {@code "lab-01-binary-search"}
 * @param title from its README
 * @param published whether it has exercises yet
 * @param exercises in order
 */
public record Lab(int number, String module, String title, boolean published, List<ExerciseSpec> exercises) {
    public Lab {
        exercises = List.copyOf(exercises);
    }

    /** Points of all exercises together. */
    public int points() {
        return exercises.stream().mapToInt(ExerciseSpec::points).sum();
    }
}

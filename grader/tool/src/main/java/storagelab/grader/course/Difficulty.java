package storagelab.grader.course;

/**
 * How hard an exercise is; the same words as {@code storagelab.course.Difficulty}, which the tool does not link because
 * in a workspace that class is compiled from the student's directory.
 */
public enum Difficulty {
    EASY,
    MEDIUM,
    HARD
}

package storagelab.grader.collect;

import java.util.List;
import storagelab.grader.course.Course;
import storagelab.grader.course.Difficulty;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;

/** Two labs with three exercises. */
public final class SmallCourse {
    static final String SEARCH = "lab-01-binary-search/src/main/java/storagelab/search/BinarySearch.java";
    static final String LOG = "lab-01-binary-search/src/main/java/storagelab/sortedlog/RecordLog.java";
    static final String BOUNDS = "lab-02-bounds/src/main/java/storagelab/bounds/Bounds.java";

    /** The course. */
    public static final Course COURSE = new Course(List.of(
            new Lab(
                    1,
                    "lab-01-binary-search",
                    "Sorted logs",
                    true,
                    List.of(exercise("1.1", 4, SEARCH), exercise("1.2", 6, LOG))),
            new Lab(2, "lab-02-bounds", "Bounds", true, List.of(exercise("2.1", 5, BOUNDS)))));

    private SmallCourse() {}

    private static ExerciseSpec exercise(String id, int points, String file) {
        return new ExerciseSpec(id, "Exercise " + id, points, Difficulty.values()[0], 1, List.of(), List.of(file));
    }
}

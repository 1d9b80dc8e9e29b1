package storagelab.grader.skeleton;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import storagelab.course.Difficulty;
import storagelab.grader.LabException;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;

/**
 * What the author says of a new exercise.
 *
 * @param id the number after the last one of its lab
 * @param type full name of the class that the student writes: {@code "storagelab.tree.Treap"}
 * @param title a few words
 * @param points for passing all of its tests
 * @param difficulty for a student who has done the exercises before it
 * @param hours that a student with a year of Java needs
 * @param needs ids of the exercises whose code it calls
 */
public record NewExercise(
        String id, String type, String title, int points, Difficulty difficulty, double hours, List<String> needs) {
    private static final Pattern TYPE =
            Pattern.compile("storagelab\\.[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)*\\.[A-Z][A-Za-z0-9]*");

    public NewExercise {
        needs = List.copyOf(needs);
    }

    /** {@code "storagelab.tree"}. */
    String packageName() {
        return type.substring(0, type.lastIndexOf('.'));
    }

    /** {@code "Treap"}. */
    String simpleName() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /**
     * Checks that it can be the next exercise of its lab.
     *
     * @return its lab
     * @throws LabException with the one thing to change, if it cannot
     */
    Lab checkIn(Course course) {
        if (!ExerciseSpec.isId(id)) {
            throw usage(
                    "'" + id + "' is not the number of an exercise; those look like 3.9.",
                    "Say the lab and the place in it.");
        }
        Lab lab = course.lab(ExerciseSpec.labOf(id));
        String next = lab.number() + "." + (lab.exercises().size() + 1);
        if (!id.equals(next)) {
            throw usage(
                    "The next exercise of lab %d is %s, and not %s.".formatted(lab.number(), next, id),
                    "Numbers have no gaps; to put an exercise between two others, move the later ones first.");
        }
        if (!TYPE.matcher(type).matches()) {
            throw usage(
                    "'" + type + "' is not the full name of a class below storagelab.",
                    "Say it with its package, such as --type storagelab.tree.Treap.");
        }
        if (points <= 0 || hours <= 0) {
            throw usage(
                    "An exercise brings points and takes hours; here are %d points and %s hours."
                            .formatted(points, hours),
                    "Say both as numbers greater than 0.");
        }
        for (String needed : needs) {
            course.exercise(needed);
        }
        List<String> sorted = new ArrayList<>(needs);
        sorted.sort(ExerciseSpec.BY_NUMBER);
        if (!sorted.equals(needs)) {
            throw usage(
                    "The needed exercises are not in order: " + String.join(",", needs) + ".",
                    "Say --needs " + String.join(",", sorted) + ".");
        }
        return lab;
    }

    private static LabException usage(String sentence, String nextStep) {
        return LabException.usage(sentence, nextStep);
    }
}

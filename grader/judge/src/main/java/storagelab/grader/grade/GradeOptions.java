package storagelab.grader.grade;

import java.util.List;
import java.util.Set;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.run.TimeLimits;

/**
 * How to grade.
 *
 * @param labs numbers of the labs; all published ones if empty
 * @param exercises ids of the exercises of those labs, which then have no benchmarks; all of them if empty
 * @param seed of every random test
 * @param limits of time
 */
public record GradeOptions(Set<Integer> labs, Set<String> exercises, long seed, TimeLimits limits) {
    public GradeOptions {
        labs = Set.copyOf(labs);
        exercises = Set.copyOf(exercises);
    }

    /** All exercises of the labs. */
    public GradeOptions(Set<Integer> labs, long seed, TimeLimits limits) {
        this(labs, Set.of(), seed, limits);
    }

    /** All published labs with this seed, on a machine of ordinary speed. */
    public static GradeOptions withSeed(long seed) {
        return new GradeOptions(Set.of(), seed, TimeLimits.standard());
    }

    boolean wants(Lab lab) {
        return (labs.isEmpty() || labs.contains(lab.number()))
                && !exercisesOf(lab).isEmpty();
    }

    /** The exercises of the lab that are graded, in the order of their ids. */
    List<ExerciseSpec> exercisesOf(Lab lab) {
        return lab.exercises().stream()
                .filter(exercise -> exercises.isEmpty() || exercises.contains(exercise.id()))
                .toList();
    }

    boolean wantsBenchmarks() {
        return exercises.isEmpty();
    }
}

package storagelab.grader.grade;

import java.util.Set;
import storagelab.grader.run.TimeLimits;

/**
 * How to grade.
 *
 * @param labs numbers of the labs; all published ones if empty
 * @param seed of every random test
 * @param limits of time
 */
public record GradeOptions(Set<Integer> labs, long seed, TimeLimits limits) {
    public GradeOptions {
        labs = Set.copyOf(labs);
    }

    /** All published labs with this seed, on a machine of ordinary speed. */
    public static GradeOptions withSeed(long seed) {
        return new GradeOptions(Set.of(), seed, TimeLimits.standard());
    }

    boolean wants(int lab) {
        return labs.isEmpty() || labs.contains(lab);
    }
}

package storagelab.grader.grade;

import java.util.Set;

/**
 * How to grade.
 *
 * @param labs numbers of the labs; all published ones if empty
 * @param seed of every random test
 * @param timeoutScale factor on every time limit
 */
public record GradeOptions(Set<Integer> labs, long seed, double timeoutScale) {
    public GradeOptions {
        labs = Set.copyOf(labs);
    }

    /** All published labs with this seed. */
    public static GradeOptions withSeed(long seed) {
        return new GradeOptions(Set.of(), seed, 1.0);
    }

    boolean wants(int lab) {
        return labs.isEmpty() || labs.contains(lab);
    }
}

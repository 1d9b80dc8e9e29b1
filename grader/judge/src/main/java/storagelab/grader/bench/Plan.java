package storagelab.grader.bench;

/**
 * How long is measured.
 *
 * @param pairs pairs of child JVMs, one for the student and one for the reference, of each benchmark
 * @param extraPairs how many more are added while the interval is too wide to say
 * @param warmUps rounds of a JVM before the clock counts
 * @param rounds rounds that count; their first quartile is the JVM's figure
 * @param roundMillis length of a round
 */
public record Plan(int pairs, int extraPairs, int warmUps, int rounds, int roundMillis) {
    /** Two pairs are the least that have a spread. */
    public Plan {
        if (pairs < 2) {
            throw new IllegalArgumentException(pairs + " pairs have no spread");
        }
    }

    /** About a minute for lab 1 on two cores. */
    public static Plan standard() {
        return new Plan(5, 3, 8, 16, 30);
    }

    /** About twenty seconds, for a first impression; its intervals are wide. */
    public static Plan quick() {
        return new Plan(3, 0, 5, 8, 15);
    }

    /** The time that a JVM measures for. */
    long measuringMillis() {
        return (long) (warmUps + rounds) * roundMillis;
    }
}

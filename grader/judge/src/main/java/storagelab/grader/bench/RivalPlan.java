package storagelab.grader.bench;

/**
 * How long a comparison is measured.
 *
 * @param pairs pairs of child JVMs, one a side
 * @param plan rounds of each of them
 */
record RivalPlan(int pairs, Plan plan) {
    /** How much of its own time a JVM may take to set up and, where a round is one call, for its rounds. */
    private static final long PREPARATION_MILLIS_MAX = 180_000;

    /** About half a minute a comparison. */
    static RivalPlan standard() {
        return new RivalPlan(5, new Plan(5, 0, 5, 5, 300));
    }

    /** A few seconds a comparison, for a first impression; the intervals are wide. */
    static RivalPlan quick() {
        return new RivalPlan(2, new Plan(2, 0, 4, 3, 150));
    }

    long timeoutMillis() {
        return PREPARATION_MILLIS_MAX + 4 * plan.measuringMillis();
    }
}

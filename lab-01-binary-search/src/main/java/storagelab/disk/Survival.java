package storagelab.disk;

/**
 * The dice of one crash: which of the unsynced changes survive it. It holds no state, so that the answer to a question
 * depends on the question only, not on the order of asking.
 *
 * @param mode how much may survive
 * @param seed what the random answers depend on
 * @param cut for {@link SurvivalMode#TORN_PREFIX}, the position in the log of the first change that does not survive whole
 */
record Survival(SurvivalMode mode, long seed, int cut) {
    /** A number in {@code [0, bound)}, always the same for the same subject. */
    int pick(long subject, long detail, int bound) {
        long mixed = mix(mix(seed ^ mix(subject)) ^ mix(detail + 0x632be59bd9b4e019L));
        return (int) Long.remainderUnsigned(mixed, bound);
    }

    /** The finaliser of the SplitMix64 generator: every bit of the input changes half of the output's. */
    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

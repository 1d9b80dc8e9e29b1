package storagelab.cost;

import storagelab.recovery.EngineKind;
import storagelab.workload.RangeStatistics;

/**
 * Predicts what a load costs on a B+tree and on an LSM tree that have the same memory, on a machine whose {@link HardwareProfile} is
 * known. First the work is estimated that each request asks of an engine, as a {@link Work}; then each part of it costs what the
 * profile says.
 *
 * <p><b>One formula for both engines.</b> w requests at random places touch n·(1 − e^(−w/n)) of n places ({@link Spread}). It says
 * how many leaves a checkpoint has to write, how many keys a memtable has when it is flushed, and, the other way round, how many
 * requests fill a cache, and so which share of requests finds nothing there.
 *
 * <p><b>The B+tree.</b> A leaf has 0.69 · 4,060 / (E + 10) entries of E bytes, and a branch has 120 children. A get goes down the
 * tree, and reads the leaf if it is not among those that the last requests touched. A put does, too, and then the leaf has changed:
 * n puts between two checkpoints write as many leaves as they touch, but not fewer than had to make room. An entry of more than
 * 1,000 bytes has its value in pages of its own, which are read and written each time.
 *
 * <p><b>The LSM tree.</b> A put is written by the flush, by the merge of level 0 with level 1, and by one merge more for each
 * level below. A merge also writes what it meets: what leaves a level of c bytes meets d/c times as much on the next level of d
 * bytes. Puts for the same key are one entry when they meet. A get asks the filter of each run, and reads a block of the run that
 * has the key; 0.8 % of the other filters are wrong. A scan reads a block of each run. A block is in memory if the last requests
 * have touched it, and no merge has written it again since then.
 *
 * <p>Example, with {@link HardwareProfile#defaults} and {@link EngineSettings#defaults}: 100 entries of 116 bytes are in memory. They
 * fill 5 leaves below one root. A get in the tree costs 2 · 0.15 = 0.3 µs. The LSM tree has one level, and 1.5 tables on level 0 on
 * average: a get costs 2.5 · 0.15 + 0.5 = 0.875 µs.
 *
 * <p>What it does not see: that keys arrive in order; that hot keys are scattered among cold ones, since {@link Locality} says that
 * they are neighbours; that several ranges share one cache; and the log, which costs the same for both engines.
 *
 * <p>Concurrency: immutable.
 */
public final class CostModel {
    private final HardwareProfile profile;
    private final EngineSettings settings;

    /** A model of a machine, and of engines that are set up alike. */
    public CostModel(HardwareProfile profile, EngineSettings settings) {
        this.profile = profile;
        this.settings = settings;
    }

    /** The work that a load asks of an engine: of all its requests together. */
    public Work work(EngineKind engine, RangeStatistics load, RangeData data) {
        return switch (engine) {
            case BTREE -> new BTreeCosts(profile.processor(), settings, data, load).of(load);
            case LSM -> new LsmCosts(profile.processor(), settings, data, load).of(load);
        };
    }

    /**
     * What a second of the load costs on each engine.
     *
     * @param load the requests of {@code seconds} seconds
     * @param data what the range has
     * @throws IllegalArgumentException if {@code seconds} is not a positive number
     */
    public EngineCosts costs(RangeStatistics load, double seconds, RangeData data) {
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("a load of " + seconds + " seconds");
        }
        return new EngineCosts(
                profile.micros(work(EngineKind.BTREE, load, data)) / seconds,
                profile.micros(work(EngineKind.LSM, load, data)) / seconds);
    }
}

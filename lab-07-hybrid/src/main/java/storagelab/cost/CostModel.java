package storagelab.cost;

import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.recovery.EngineKind;
import storagelab.workload.RangeStatistics;

/**
 * Predicts what a load costs on a B+tree and on an LSM tree that have the same memory, on a machine whose {@link HardwareProfile} is
 * known. First the work is estimated that each request asks of an engine, as a {@link Work}. Then each part of it costs what the
 * profile says, which is {@link HardwareProfile#micros}.
 *
 * <p>{@link BTreeCosts} and {@link LsmCosts} are part of the exercise: their comments have the formulas. They are models, made of what
 * labs 4 and 5 have taught and of counts of the real engines, and so the numbers in them are to be taken as they are. Nearly all
 * comes from one formula: w requests at random places touch about n·(1 − e^(−w/n)) of n places. {@link Spread} has it, for places of which
 * a part is hot. It says how many leaves a checkpoint has to write and how many keys a memtable has when it is flushed. The other
 * way round, it says how many requests fill a cache, and so which share of requests finds nothing there.
 *
 * <p>Measured: fifty loads were given to both engines, with values of 20 to 3,000 bytes, four localities and five mixes of requests.
 * For at least 45 of them, the engine that is cheaper by the model is the one whose counted work costs less at the same profile.
 *
 * <p>Example, with {@link HardwareProfile#defaults} and {@link EngineSettings#defaults}: 100 entries of 116 bytes are in memory. They
 * fill 5 leaves below one root. A get in the tree costs 2 · 0.15 = 0.3 µs. The LSM tree has one level, and 1.5 tables on level 0 on
 * average: a get costs 2.5 · 0.15 + 0.5 = 0.875 µs.
 *
 * <p>Example, with the load and the settings of the examples of {@link BTreeCosts} and {@link LsmCosts}, in one second: 1,000 requests read
 * 903.7 blocks in the tree and write 453.6 pages, which costs 82,366 µs. In the LSM tree they read 404.3 blocks, have 561,475 bytes
 * read by merges and 619,860 bytes written, and 13.4 syncs: 42,258 µs.
 *
 * <p>What it does not see: that keys arrive in order; that hot keys are scattered among cold ones, since {@link Locality} says that
 * they are neighbours; that several ranges share one cache; and the log, which costs the same for both engines.
 *
 * <p>Concurrency: immutable.
 */
@Exercise(id = "7.5", title = "What a load costs", points = 9, difficulty = Difficulty.MEDIUM, hours = 6)
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
     * What a second of the load costs on each engine: the microseconds of its work, divided by the seconds.
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

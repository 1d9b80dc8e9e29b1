package storagelab.grader.hidden.lab07;

import java.util.Random;
import storagelab.api.KeyRange;
import storagelab.compaction.LeveledPicker;
import storagelab.cost.EngineSettings;
import storagelab.cost.HardwareProfile;
import storagelab.cost.Locality;
import storagelab.cost.RangeData;
import storagelab.grader.hidden.kit.Checks;
import storagelab.workload.RangeStatistics;

/**
 * Engines, what they have, and what they are asked for.
 *
 * @param processor its times
 * @param settings of both engines
 * @param data of the range
 * @param load on it
 */
record CostCase(HardwareProfile.Processor processor, EngineSettings settings, RangeData data, RangeStatistics load) {
    private static final double TOLERANCE = 1e-6;
    private static final int KIB = 1 << 10;

    /** The engines of the examples: 1 MiB of memory, of which 128 KiB are the memtable's, and 512 KiB to a checkpoint and on level 1. */
    static CostCase of(RangeData data, RangeStatistics load) {
        EngineSettings settings =
                new EngineSettings(KIB << 10, 512L * KIB, 128L * KIB, new LeveledPicker(4, 512L * KIB, 8));
        return new CostCase(HardwareProfile.defaults().processor(), settings, data, load);
    }

    /** Numbers of all sizes; each part of the load is missing now and then. */
    static CostCase random(Random random) {
        double[] times = random.doubles(6, 0.001, 1).toArray();
        long memtable = (16L + random.nextInt(500)) * KIB;
        EngineSettings settings = new EngineSettings(
                (2_048L + random.nextInt(6_000)) * KIB,
                (64L + random.nextInt(4_000)) * KIB,
                memtable,
                new LeveledPicker(1 + random.nextInt(8), (64L + random.nextInt(2_000)) * KIB, 2 + random.nextInt(10)));
        long entries = 1L + random.nextInt(1 << (1 + random.nextInt(18)));
        int size = random.nextInt(4) == 0 ? 6_000 : 900;
        RangeData data =
                new RangeData(entries, entries * (1 + random.nextInt(size)) + random.nextInt(2), locality(random));
        RangeStatistics load = load(part(random), part(random), part(random), part(random), part(random));
        return new CostCase(
                new HardwareProfile.Processor(times[0], times[1], times[2], times[3], times[4], times[5]),
                settings,
                data,
                load);
    }

    private static Locality locality(Random random) {
        double keys = 0.01 + 0.9 * random.nextDouble();
        return switch (random.nextInt(5)) {
            case 0 -> Locality.UNIFORM;
            case 1 -> new Locality(keys, 1); // the rest is not asked for
            default -> new Locality(keys, keys + (1 - keys) * random.nextDouble());
        };
    }

    private static double part(Random random) {
        return random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1_000);
    }

    /** Requests of each kind; a scan has 12.5 entries on average. */
    static RangeStatistics load(double hits, double misses, double scans, double puts, double deletes) {
        return new RangeStatistics(
                KeyRange.all(), hits, misses, scans / 4, scans * 3 / 4, scans * 12.5, puts, deletes, 0, 0);
    }

    /** With another load. */
    CostCase with(RangeStatistics other) {
        return new CostCase(processor, settings, data, other);
    }

    /** With other data. */
    CostCase with(RangeData other) {
        return new CostCase(processor, settings, other, load);
    }

    /** Fails if {@code actual}, which is {@code what}, is not {@code expected}, apart from a millionth of it. */
    void check(double expected, double actual, String what) {
        same(expected, actual, what + " with " + settings + ", " + data + " and " + load);
    }

    /** As {@link #check}, without saying with what. */
    static void same(double expected, double actual, String what) {
        boolean close = Math.abs(actual - expected) <= TOLERANCE * Math.abs(expected) + 1e-9;
        Checks.assertTrue(close, what + ": expected " + expected + ", found " + actual);
    }
}

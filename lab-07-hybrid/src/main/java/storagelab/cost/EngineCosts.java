package storagelab.cost;

import storagelab.recovery.EngineKind;

/**
 * What a second of a load costs on each engine: the microseconds for which it occupies the device and the processor. More than
 * 1,000,000 means that one device and one core do not keep up with the load.
 *
 * @param btreeMicros on the B+tree
 * @param lsmMicros on the LSM tree
 */
public record EngineCosts(double btreeMicros, double lsmMicros) {
    /** The costs of no load. */
    public static final EngineCosts ZERO = new EngineCosts(0, 0);

    /**
     * Checks the costs.
     *
     * @throws IllegalArgumentException if a cost is negative or not a finite number
     */
    public EngineCosts {
        check(btreeMicros);
        check(lsmMicros);
    }

    private static void check(double micros) {
        if (!(micros >= 0) || Double.isInfinite(micros)) {
            throw new IllegalArgumentException("costs of " + micros + " microseconds a second");
        }
    }

    /** The cost on {@code engine}. */
    public double of(EngineKind engine) {
        return switch (engine) {
            case BTREE -> btreeMicros;
            case LSM -> lsmMicros;
        };
    }

    /** The engine that costs less; the B+tree if both cost the same. */
    public EngineKind cheaper() {
        return lsmMicros < btreeMicros ? EngineKind.LSM : EngineKind.BTREE;
    }

    /**
     * How many times as much the other engine costs as the cheaper one: 1 if both cost the same, infinite if only the other one
     * costs something.
     */
    public double ratio() {
        double less = Math.min(btreeMicros, lsmMicros);
        double more = Math.max(btreeMicros, lsmMicros);
        return more == less ? 1 : more / less;
    }

    /** How many microseconds a second are saved if a load that is on {@code engine} moves to the other one; negative if it costs more there. */
    public double savedByLeaving(EngineKind engine) {
        return switch (engine) {
            case BTREE -> btreeMicros - lsmMicros;
            case LSM -> lsmMicros - btreeMicros;
        };
    }

    /** The costs of two loads together. */
    public EngineCosts plus(EngineCosts other) {
        return new EngineCosts(btreeMicros + other.btreeMicros, lsmMicros + other.lsmMicros);
    }
}

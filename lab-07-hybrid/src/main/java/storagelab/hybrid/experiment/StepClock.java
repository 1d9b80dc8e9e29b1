package storagelab.hybrid.experiment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that the operations of an experiment move: each takes the same time, so that a run does not depend on how fast the machine is. */
final class StepClock implements InstantSource {
    private static final int OPERATIONS_A_SECOND = 20_000;

    private long operations;

    /** How long so many operations take. */
    static Duration duration(int operations) {
        return Duration.ofMillis(operations * 1_000L / OPERATIONS_A_SECOND);
    }

    /** An operation has been done. */
    void step() {
        operations++;
    }

    /** How many there were. */
    long operations() {
        return operations;
    }

    @Override
    public long millis() {
        return operations * 1_000 / OPERATIONS_A_SECOND;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }
}

package storagelab.grader.bench.lab07;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved: reading a real one takes longer than much of what is measured. */
final class HandClock implements InstantSource {
    private long millis;

    void pass(long seconds) {
        millis += 1_000 * seconds;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    @Override
    public long millis() {
        return millis;
    }
}

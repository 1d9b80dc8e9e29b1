package storagelab.tier;

import java.util.function.LongSupplier;

/**
 * How a {@link TierMigrator} moves keys.
 *
 * @param stepBytes a step takes at most so many bytes of keys and values, or one entry that has more: what a move needs of extra space, and what is
 *     moved again after a crash. Entries that are put in the range of a step after it was chosen come on top
 * @param bytesPerSecond on average a move takes no more than this from what else the store does; {@link Long#MAX_VALUE} for no limit
 * @param nanoClock nanoseconds since some moment, as {@link System#nanoTime}
 */
public record MigratorOptions(long stepBytes, long bytesPerSecond, LongSupplier nanoClock) {
    private static final long STEP_BYTES = 4 << 20;
    private static final long BYTES_PER_SECOND = 32 << 20;

    /** Checks the numbers. */
    public MigratorOptions {
        if (stepBytes < 1 || bytesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "steps of " + stepBytes + " bytes and " + bytesPerSecond + " bytes a second");
        }
    }

    /** Steps of 4 MiB, 32 MiB a second. */
    public static MigratorOptions defaults() {
        return new MigratorOptions(STEP_BYTES, BYTES_PER_SECOND, System::nanoTime);
    }

    /** With steps of another size. */
    public MigratorOptions withStepBytes(long bytes) {
        return new MigratorOptions(bytes, bytesPerSecond, nanoClock);
    }

    /** With another speed. */
    public MigratorOptions withBytesPerSecond(long bytes) {
        return new MigratorOptions(stepBytes, bytes, nanoClock);
    }

    /** With another clock. */
    public MigratorOptions withNanoClock(LongSupplier clock) {
        return new MigratorOptions(stepBytes, bytesPerSecond, clock);
    }
}

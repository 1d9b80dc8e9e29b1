package storagelab.disk;

/**
 * How large a {@link CrashDisk} is.
 *
 * @param capacityBytes the sum of all file sizes that fits; a write beyond it fails with "No space left on device"
 */
public record CrashDiskOptions(long capacityBytes) {
    /** Checks the range. */
    public CrashDiskOptions {
        if (capacityBytes < 0) {
            throw new IllegalArgumentException("capacityBytes is " + capacityBytes);
        }
    }

    /** A disk that is never full. */
    public static CrashDiskOptions defaults() {
        return new CrashDiskOptions(Long.MAX_VALUE);
    }

    /** These options with another capacity. */
    public CrashDiskOptions withCapacityBytes(long bytes) {
        return new CrashDiskOptions(bytes);
    }
}

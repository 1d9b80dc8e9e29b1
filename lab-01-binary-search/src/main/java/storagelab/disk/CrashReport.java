package storagelab.disk;

import java.time.Duration;
import java.util.Locale;

/**
 * What a {@link CrashExplorer} tried without finding a violation.
 *
 * @param operations operations in the recorded log
 * @param images surviving disks that were checked after a crash of the recorded run
 * @param recoveryImages surviving disks that were checked after a second crash, during recovery from the first
 * @param elapsed time for all checks
 */
public record CrashReport(int operations, long images, long recoveryImages, Duration elapsed) {
    /** Disks checked in a second. */
    public double imagesPerSecond() {
        return (images + recoveryImages) * 1e9 / Math.max(1, elapsed.toNanos());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d operations, %d crashes, %d crashes during recovery, no violation, %.0f images/s",
                operations,
                images,
                recoveryImages,
                imagesPerSecond());
    }
}

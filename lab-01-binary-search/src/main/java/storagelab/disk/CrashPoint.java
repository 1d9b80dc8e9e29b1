package storagelab.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One crash of a recorded run: a disk as it comes up afterwards, and what had been promised by then.
 *
 * @param disk the surviving disk; every crash has its own
 * @param operationIndex how many operations of the recorded log had happened
 * @param mode what survived of the unsynced changes
 * @param acknowledged the markers acknowledged before the crash, oldest first
 * @param upcoming the markers that the run went on to acknowledge after it, oldest first: what they stand for may have
 *     begun
 */
public record CrashPoint(
        CrashDisk disk, int operationIndex, SurvivalMode mode, List<Object> acknowledged, List<Object> upcoming) {

    /** The root directory of the surviving disk. */
    public Path root() {
        return disk.root();
    }

    /**
     * With one thread, what was being done when the power went: it may be there or not, but not in part. Empty if the
     * crash came after the last acknowledgement.
     */
    public Optional<Object> inFlight() {
        return upcoming.stream().findFirst();
    }

    /**
     * Says that recovery is over and the checker goes on to write. Crashes during recovery are tried before this point
     * only.
     */
    public void recovered() {
        disk.ack(Recovered.RECOVERED);
    }

    /** The marker of {@link #recovered}. */
    enum Recovered {
        RECOVERED
    }
}

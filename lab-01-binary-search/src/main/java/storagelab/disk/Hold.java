package storagelab.disk;

/**
 * Calls to a {@link CrashDisk} that wait: a disk that is busy for as long as a test wants. Ordered by {@link Faults#hold}.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class Hold implements AutoCloseable {
    private final Volume volume;
    private final DiskCall call;
    private final String ending;
    private int waiting; // guarded by volume
    private boolean isOver; // guarded by volume

    Hold(Volume volume, DiskCall call, String ending) {
        this.volume = volume;
        this.call = call;
        this.ending = ending;
    }

    /** How many calls are waiting now. */
    public int waiting() {
        synchronized (volume) {
            return waiting;
        }
    }

    /** Lets them go on, and from now on none waits here. */
    @Override
    public void close() {
        synchronized (volume) {
            isOver = true;
            volume.notifyAll();
        }
    }

    /**
     * Returns when a call may go on. The caller holds the volume's monitor once, and others can have it while this waits.
     * An interrupt does not end the waiting: the thread is still interrupted afterwards.
     */
    void await(DiskCall called, String path) {
        if (called != call || !path.endsWith(ending)) {
            return;
        }
        boolean interrupted = false;
        waiting++;
        while (!isOver && !volume.isCrashed()) {
            try {
                volume.wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        waiting--;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

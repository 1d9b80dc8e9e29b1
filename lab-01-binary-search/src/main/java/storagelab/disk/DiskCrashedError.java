package storagelab.disk;

/**
 * The power went. Every call to a crashed {@link CrashDisk} throws this.
 *
 * <p>It is an {@link Error}, not an {@link java.io.IOException}, because a program does not outlive its machine: code
 * that handles I/O errors must not get the chance to tidy up after a power cut.
 */
public final class DiskCrashedError extends Error {
    private static final long serialVersionUID = 1L;

    DiskCrashedError() {
        super("the disk has crashed: the program that used it is gone, and so is whatever it had not synced");
    }
}

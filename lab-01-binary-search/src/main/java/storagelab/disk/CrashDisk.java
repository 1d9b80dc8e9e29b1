package storagelab.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A simulated disk that forgets what was not synced when it crashes.
 *
 * <p>Code works on it through {@link #root()} with {@code Path}, {@code Files} and {@code FileChannel}. Until a crash it
 * behaves as any disk. A crash keeps what was synced, and of the rest what a {@link SurvivalMode} says:
 *
 * <pre>{@code
 * CrashDisk disk = CrashDisk.create();
 * Path file = disk.root().resolve("log");
 * Files.writeString(file, "hello");                                    // volatile: the bytes and the name
 * try (FileChannel channel = FileChannel.open(file, WRITE)) {
 *     channel.force(true);                                             // the bytes are durable
 * }
 * try (FileChannel directory = FileChannel.open(disk.root(), READ)) {
 *     directory.force(true);                                           // the name is durable
 * }
 * CrashDisk rebooted = disk.afterCrash(SurvivalMode.NOTHING, 0);
 * Files.readString(rebooted.root().resolve("log"));                    // "hello"
 * }</pre>
 *
 * <p>Invariants: the same calls in the same order give the same disk, the same log and the same images after a crash;
 * there is no clock and no randomness but from seeds.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class CrashDisk {
    private final CrashDiskOptions options;
    private final Volume volume;
    private final CrashFileSystem fileSystem;

    CrashDisk(DiskImage image, CrashDiskOptions options) {
        this.options = options;
        this.volume = new Volume(image, options.capacityBytes());
        this.fileSystem = new CrashFileSystem(volume);
    }

    /** An empty disk that is never full. */
    public static CrashDisk create() {
        return create(CrashDiskOptions.defaults());
    }

    /** An empty disk. */
    public static CrashDisk create(CrashDiskOptions options) {
        return new CrashDisk(new DiskImage(Map.of(DiskImage.ROOT, new TreeMap<>()), Map.of()), options);
    }

    /** The root directory, which is always there. */
    public Path root() {
        return fileSystem.root();
    }

    /** What the disk was created with. */
    public CrashDiskOptions options() {
        return options;
    }

    /** How often it has been called until now. */
    public DiskCounters counters() {
        return volume.counters();
    }

    /** How many channels and streams on files are open. Nobody who is done with a file leaves one behind. */
    public int openFiles() {
        return volume.openFiles();
    }

    /** Where faults are ordered. */
    public Faults faults() {
        return volume.faults();
    }

    /**
     * Notes in the log that the program has told somebody that {@code marker} is done. After a crash behind this point
     * whoever checks the disk is told so, and can ask that it be there.
     */
    public void ack(Object marker) {
        volume.acknowledge(marker);
    }

    /** Makes everything durable, names and bytes, as {@code sync(2)} does. For a test that begins with files in place. */
    public void syncAll() {
        volume.syncAll();
    }

    /** The log until now, oldest first. */
    public List<DiskOperation> operations() {
        return volume.operations();
    }

    /**
     * Cuts the power: from now on every call to this disk, by whatever thread, throws {@link DiskCrashedError}. Only
     * closing a channel still works, and does nothing.
     */
    public void crash() {
        volume.crash();
    }

    /**
     * The disk as it comes up after a crash at this moment, whether or not {@link #crash} was called. This disk stays as
     * it is. The new one has no faults, zero counters and an empty log.
     *
     * @param seed decides what {@link SurvivalMode#RANDOM} and {@link SurvivalMode#TORN_PREFIX} leave to chance
     */
    public CrashDisk afterCrash(SurvivalMode mode, long seed) {
        Replay replay = newReplay();
        volume.operations().forEach(replay::advance);
        return new CrashDisk(replay.image(mode, seed), options);
    }

    /** A replay that stands before the first operation of this disk. */
    Replay newReplay() {
        return volume.newReplay();
    }
}

package storagelab.disk;

import com.google.common.base.Preconditions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The faults that a {@link CrashDisk} has been told to have. Calls are counted from the moment a fault is ordered: the
 * first is the next one.
 *
 * <p>A call that fails with an I/O error changes nothing, except that a failed sync of a file drops the file's unsynced
 * data, as Linux does: the running program still reads it, a later sync succeeds, and after a crash it is not there. A
 * failed sync of a directory leaves the names volatile.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class Faults {
    private enum Effect {
        IO_ERROR,
        CRASH
    }

    private record Order(DiskCall call, long first, long last, Effect effect) {}

    private final Volume volume;
    private final Map<DiskCall, Long> calls = new EnumMap<>(DiskCall.class);
    private final List<Order> orders = new ArrayList<>();
    private final Map<DiskCall, SplittableRandom> shortTransfers = new EnumMap<>(DiskCall.class);

    Faults(Volume volume) {
        this.volume = volume;
    }

    /** Lets the {@code nth} call from now fail with "Input/output error", once. */
    public synchronized void failOnce(DiskCall call, long nth) {
        long turn = turn(call, nth);
        orders.add(new Order(call, turn, turn, Effect.IO_ERROR));
    }

    /** Lets the {@code nth} call from now, and every one after it, fail with "Input/output error". */
    public synchronized void failFrom(DiskCall call, long nth) {
        orders.add(new Order(call, turn(call, nth), Long.MAX_VALUE, Effect.IO_ERROR));
    }

    /** Crashes the disk just before the {@code nth} call from now does anything. */
    public synchronized void crashAt(DiskCall call, long nth) {
        long turn = turn(call, nth);
        orders.add(new Order(call, turn, turn, Effect.CRASH));
    }

    /**
     * Lets every read or write move fewer bytes than it was asked to, as the contract of {@code FileChannel} allows: a
     * seeded number from one to all of them.
     *
     * @param call {@link DiskCall#READ} or {@link DiskCall#WRITE}
     */
    public synchronized void transferShort(DiskCall call, long seed) {
        Preconditions.checkArgument(call == DiskCall.READ || call == DiskCall.WRITE, "%s moves no bytes", call);
        shortTransfers.put(call, new SplittableRandom(seed));
    }

    /**
     * Lets every call of one kind wait whose file's path ends in {@code ending}, until the hold is closed or the disk
     * crashes. Calls on other files go on: a test can look at a store whose flush is stuck in the middle.
     *
     * @param call {@link DiskCall#READ}, {@link DiskCall#WRITE} or {@link DiskCall#SYNC}: the others look up names
     *     first, which may be different ones when they go on
     */
    public Hold hold(DiskCall call, String ending) {
        Preconditions.checkArgument(
                call == DiskCall.READ || call == DiskCall.WRITE || call == DiskCall.SYNC, "%s cannot wait", call);
        Hold hold = new Hold(volume, call, ending);
        volume.add(hold);
        return hold;
    }

    /**
     * Turns over bit {@code bit} (0 is the lowest) of the byte at {@code offset} in the file, wherever that byte is kept
     * by now: in memory, on the disk, or both.
     *
     * @throws IllegalArgumentException if the file has no such bit
     */
    public void flipBit(Path file, long offset, int bit) throws IOException {
        if (!(file instanceof CrashPath path) || path.getFileSystem().volume() != volume) {
            throw new ProviderMismatchException("the path " + file + " is not of this disk");
        }
        volume.flipBit(path, offset, bit);
    }

    /** Takes back every order; what has already happened stays. */
    public void clear() {
        synchronized (this) {
            orders.clear();
            shortTransfers.clear();
        }
        volume.endHolds();
    }

    private long turn(DiskCall call, long nth) {
        Preconditions.checkArgument(nth >= 1, "calls are counted from 1, not from %s", nth);
        return calls.getOrDefault(call, 0L) + nth;
    }

    /** Tells of one call, and fails it if an order says so. */
    synchronized void strike(DiskCall call, String path) throws IOException {
        long turn = calls.merge(call, 1L, Long::sum);
        for (Order order : orders) {
            if (order.call == call && order.first <= turn && turn <= order.last) {
                if (order.effect == Effect.CRASH) {
                    volume.crash();
                    throw new DiskCrashedError();
                }
                throw new FileSystemException(path, null, "Input/output error");
            }
        }
    }

    /** How many of {@code wanted} bytes a read or write may move now. */
    synchronized int transferable(DiskCall call, int wanted) {
        SplittableRandom random = shortTransfers.get(call);
        return random == null || wanted <= 1 ? wanted : 1 + random.nextInt(wanted);
    }
}

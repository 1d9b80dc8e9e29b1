package storagelab.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A page in memory: its number, its bytes, and what a {@link BufferPool} has to remember of it.
 *
 * <p>The byte array belongs to this page for ever. When the page leaves the pool the array is not used for another one,
 * so that whoever is still looking at it keeps what it looks at, and the garbage collector gets it in the end.
 *
 * <p>Three things can be said of a frame:
 *
 * <ul>
 *   <li><b>Pins.</b> While a frame is pinned the pool may not let it go. Pins count. A frame that is on its way out
 *       cannot be pinned any more: it is <i>retired</i>.
 *   <li><b>Dirty.</b> Its bytes are newer than those in the file.
 *   <li><b>Stamp.</b> A counter that goes up by one when a change in place begins, and by one when it ends. Readers do
 *       not lock: they take the stamp, read, and ask whether it is still the same. Odd means that a change is under
 *       way.
 * </ul>
 *
 * <p>Concurrency: many threads. Changes in place by one thread at a time.
 */
public final class Frame {
    /** The slot of a frame that has none: it is not in the pool. */
    static final int NO_SLOT = -1;

    private static final int RETIRED = -1;
    private static final int SPINS_BEFORE_YIELD = 200;

    private static final VarHandle PINS;
    private static final VarHandle STAMP;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PINS = lookup.findVarHandle(Frame.class, "pins", int.class);
            STAMP = lookup.findVarHandle(Frame.class, "stamp", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int page;
    private final int slot;
    private final byte[] bytes;
    private volatile int pins;
    private volatile boolean dirty;
    private volatile long stamp;

    /**
     * A clean frame without pins.
     *
     * @param slot its place in the pool, {@link #NO_SLOT} if it is in none
     */
    Frame(int page, int slot, byte[] bytes) {
        this.page = page;
        this.slot = slot;
        this.bytes = bytes;
    }

    /** The number of the page. */
    public int page() {
        return page;
    }

    /**
     * The page itself, not a copy. Whoever changes it has pinned it, and is between {@link #beginChange} and {@link
     * #endChange}.
     */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether the bytes are newer than those in the file. */
    public boolean isDirty() {
        return dirty;
    }

    /** The version in which the page was made. */
    public long born() {
        return PageLayout.born(bytes);
    }

    /** The stamp to read under. If a change is under way this waits for its end, which is a matter of nanoseconds. */
    public long stamp() {
        for (int spins = 0; ; spins++) {
            long seen = stamp;
            if ((seen & 1) == 0) {
                return seen;
            }
            if (spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // the thread that changes the page has lost its processor
            }
        }
    }

    /**
     * Whether everything that was read from the bytes since {@link #stamp} returned {@code since} belongs together. If
     * not, what was read may be nonsense: forget it, and read again.
     */
    public boolean isUnchangedSince(long since) {
        VarHandle.acquireFence(); // what was read before stays before this
        return (long) STAMP.getOpaque(this) == since;
    }

    /**
     * Announces a change in place.
     *
     * @throws IllegalStateException if one is under way
     */
    public void beginChange() {
        long seen = stamp;
        if ((seen & 1) != 0) {
            throw new IllegalStateException("page " + page + " is being changed already");
        }
        STAMP.setOpaque(this, seen + 1);
        VarHandle.storeStoreFence(); // nobody sees a changed byte under the old stamp
    }

    /**
     * Ends a change: readers see all of it.
     *
     * @throws IllegalStateException if none is under way
     */
    public void endChange() {
        long seen = stamp;
        if ((seen & 1) == 0) {
            throw new IllegalStateException("page " + page + " is not being changed");
        }
        STAMP.setRelease(this, seen + 1);
    }

    @Override
    public String toString() {
        return "page " + page + " (" + (dirty ? "dirty, " : "") + (pins == RETIRED ? "retired" : pins + " pins") + ")";
    }

    /** The place in the pool. */
    int slot() {
        return slot;
    }

    void setDirty(boolean isDirty) {
        dirty = isDirty;
    }

    /** Adds a pin. False if the frame is retired: it is on its way out, or gone. */
    boolean tryPin() {
        while (true) {
            int seen = pins;
            if (seen == RETIRED) {
                return false;
            }
            if (PINS.compareAndSet(this, seen, seen + 1)) {
                return true;
            }
        }
    }

    /**
     * Takes a pin away.
     *
     * @throws IllegalStateException if there is none
     */
    void unpin() {
        while (true) {
            int seen = pins;
            if (seen <= 0) {
                throw new IllegalStateException("page " + page + " is not pinned");
            }
            if (PINS.compareAndSet(this, seen, seen - 1)) {
                return;
            }
        }
    }

    /** Whether it has no pins and is not retired. */
    boolean isIdle() {
        return pins == 0;
    }

    boolean isPinned() {
        return pins > 0;
    }

    boolean isRetired() {
        return pins == RETIRED;
    }

    /** Makes a frame without pins one that cannot be pinned. False if it has pins, or somebody else was first. */
    boolean tryRetire() {
        return PINS.compareAndSet(this, 0, RETIRED);
    }

    /** Takes {@link #tryRetire} back. */
    void reinstate() {
        if (!PINS.compareAndSet(this, RETIRED, 0)) {
            throw new AssertionError("page " + page + " is not retired");
        }
    }
}

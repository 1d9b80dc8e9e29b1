package storagelab.page;

import static storagelab.page.Frame.NO_SLOT;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import storagelab.api.StorageIoException;
import storagelab.cache.EvictionPolicy;
import storagelab.course.Solution;

/**
 * The places of a pool, which page is in each, and which of them has to go.
 *
 * <p>A slot is empty, or has a frame, or is <em>in transit</em>: somebody reads a page into it, or writes the one that
 * is in it. Whoever needs a slot and finds none whose page may go waits for those in transit. That cannot last for
 * ever, since a thread that has one in transit waits for nothing but the file.
 *
 * <p>Concurrency: all methods are called with {@link #lock}, if they do not say otherwise. Those that read or write or
 * wait let go of it meanwhile: what was true before has to be looked at again.
 */
@Solution
final class PoolSlots {
    /** Guards everything here, and what is called of the policy, but touches that need no lock. */
    final ReentrantLock lock = new ReentrantLock();

    private final Condition moved = lock.newCondition(); // a slot is not in transit any more
    private final PageFile file;
    private final PageTable table;
    private final EvictionPolicy policy;
    private final boolean touchWithoutLock;
    private final @Nullable Frame[] frames;
    private final boolean[] writing;
    private final int[] emptySlots; // the first emptyCount of them
    private int emptyCount;
    private int inTransit;
    private int dirtyCount;

    private final IntPredicate mayGo = this::mayGo;
    private final IntPredicate mayGoUnwritten =
            slot -> mayGo(slot) && !frameIn(slot).isDirty();

    PoolSlots(PageFile file, PageTable table, int capacityPages, EvictionPolicy policy) {
        this.file = file;
        this.table = table;
        this.policy = policy;
        this.touchWithoutLock = policy.touchesConcurrently();
        this.frames = new @Nullable Frame[capacityPages];
        this.writing = new boolean[capacityPages];
        this.emptySlots = new int[capacityPages];
        Arrays.setAll(emptySlots, i -> capacityPages - 1 - i);
        this.emptyCount = capacityPages;
    }

    int capacity() {
        return frames.length;
    }

    int usedCount() {
        return frames.length - emptyCount;
    }

    int dirtyCount() {
        return dirtyCount;
    }

    int pinnedCount() {
        return (int) Arrays.stream(frames)
                .filter(frame -> frame != null && frame.isPinned())
                .count();
    }

    /** Tells the policy that a page was used. Called without the lock. */
    void touch(Frame frame) {
        int slot = frame.slot();
        if (touchWithoutLock) {
            policy.touch(slot);
            return;
        }
        lock.lock();
        try {
            if (frames[slot] == frame) {
                policy.touch(slot);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * An empty slot, in transit from now on. If there is none, a page goes.
     *
     * @param needed whether to throw if no page may go; otherwise {@link Frame#NO_SLOT} is returned
     */
    int take(boolean needed) {
        StorageIoException failure = null;
        while (emptyCount == 0) {
            int slot = policy.victim(failure == null ? mayGo : mayGoUnwritten);
            if (slot != EvictionPolicy.NONE) {
                failure = evict(frameIn(slot), failure);
            } else if (inTransit > 0) {
                moved.awaitUninterruptibly();
            } else if (!needed) {
                return NO_SLOT;
            } else if (failure != null) {
                throw failure;
            } else {
                throw new IllegalStateException("all " + frames.length + " pages of the pool are pinned");
            }
        }
        inTransit++;
        return emptySlots[--emptyCount];
    }

    /** Takes a slot out of transit that {@link #take} returned: with a new page, or with none. */
    void arrive(int slot, @Nullable Frame frame) {
        endTransit();
        if (frame == null) {
            emptySlots[emptyCount++] = slot;
        } else {
            frames[slot] = frame;
            policy.admit(slot, frame.page());
        }
    }

    /** The frame of a page, not being written; null if the page has none. May wait. */
    @Nullable
    Frame settled(int page) {
        while (table.get(page) instanceof Frame frame) {
            if (!isBeingWritten(frame)) {
                return frame;
            }
            awaitMove();
        }
        return null;
    }

    /** Puts a frame in the place of another in the same slot, which has no pins and is not being written. */
    void replace(Frame old, Frame added) {
        retire(old);
        setDirty(old, false);
        frames[old.slot()] = added;
        policy.touch(old.slot());
    }

    /** Empties the slot of a frame that has no pins and is not being written. */
    void remove(Frame frame) {
        retire(frame);
        free(frame);
        moved.signalAll();
    }

    boolean has(Frame frame) {
        return frames[frame.slot()] == frame;
    }

    boolean isBeingWritten(Frame frame) {
        return writing[frame.slot()];
    }

    /** Waits until a slot is not in transit any more: something has changed. */
    void awaitMove() {
        moved.awaitUninterruptibly();
    }

    void setDirty(Frame frame, boolean dirty) {
        if (frame.isDirty() != dirty) {
            frame.setDirty(dirty);
            dirtyCount += dirty ? 1 : -1;
        }
    }

    /** The pages born in {@code bornMax} or before that are dirty, or being written, which may fail; by number. */
    List<Frame> unwrittenFrames(long bornMax) {
        return Arrays.stream(frames)
                .filter(frame -> frame != null && (frame.isDirty() || isBeingWritten(frame)) && frame.born() <= bornMax)
                .sorted(Comparator.comparingInt(Frame::page))
                .toList();
    }

    /**
     * Marks a page as being written: it may not go now. It counts as clean, so that a change from now on is noticed.
     */
    void beginWrite(Frame frame) {
        setDirty(frame, false);
        writing[frame.slot()] = true;
        inTransit++;
    }

    /** Ends what {@link #beginWrite} began. A page that could not be written is dirty as before. */
    void endWrite(Frame frame, boolean written) {
        writing[frame.slot()] = false;
        if (!written) {
            setDirty(frame, true);
        }
        endTransit();
    }

    /**
     * Lets a page go, after writing it if it is dirty. Returns the failure if that cannot be written, else {@code
     * before}.
     */
    private @Nullable StorageIoException evict(Frame victim, @Nullable StorageIoException before) {
        if (!victim.tryRetire()) {
            return before; // it was pinned at this moment
        }
        if (victim.isDirty()) {
            try {
                writeRetired(victim);
            } catch (StorageIoException e) {
                return e;
            }
        }
        free(victim);
        return before;
    }

    /** Writes a page. If that fails the page is as it was before it was retired. */
    private void writeRetired(Frame frame) {
        beginWrite(frame);
        lock.unlock();
        boolean written = false;
        try {
            file.write(frame.page(), frame.bytes());
            written = true;
        } finally {
            lock.lock();
            endWrite(frame, written);
            if (!written) {
                frame.reinstate();
            }
        }
    }

    private void free(Frame retired) {
        int slot = retired.slot();
        setDirty(retired, false);
        frames[slot] = null;
        policy.remove(slot);
        table.replace(retired.page(), retired, null);
        emptySlots[emptyCount++] = slot;
    }

    private void endTransit() {
        inTransit--;
        moved.signalAll();
    }

    private boolean mayGo(int slot) {
        return !writing[slot] && frameIn(slot).isIdle();
    }

    private Frame frameIn(int slot) {
        return Objects.requireNonNull(frames[slot], "the policy names an empty slot");
    }

    private static void retire(Frame frame) {
        if (!frame.tryRetire()) {
            throw new IllegalStateException("page " + frame.page() + " is pinned");
        }
    }
}

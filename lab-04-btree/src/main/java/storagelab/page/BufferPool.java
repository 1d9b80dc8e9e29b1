package storagelab.page;

import static storagelab.page.Frame.NO_SLOT;
import static storagelab.page.PageLayout.META_PAGES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.cache.EvictionPolicy;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * The pages of a {@link PageFile} that are in memory, and never more of them than {@code capacityPages}. Everybody who wants
 * a page asks the pool. If it has the page, that costs a look into a table; if not, the page is read, and another one goes to
 * make room: the one that an {@link EvictionPolicy} names.
 *
 * <p>Example, a pool of two pages. {@code read(5)} and {@code read(6)} read both from the file, and a second {@code read(5)}
 * reads nothing. {@code read(7)} needs room: the policy names page 6, which goes, and 7 is read. {@code pin(5)}, and whatever
 * is read from now on, 5 stays until it is unpinned. {@code add(9, bytes)} puts a new page in the place of 7 and writes
 * nothing; it is dirty. When it is 9's turn to go it is written first, and the next {@code read(9)} finds it in the file.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Pages in the pool, and pages that are being read into it, are together never more than its capacity.
 *   <li>A pinned page stays.
 *   <li>A dirty page goes only after it was written, each to its own place. If writing fails it stays, dirty.
 *   <li>A page is in the pool once: threads that want the same page at once get the same frame, and it is read once.
 *   <li>The bytes of a page that has gone are not touched: whoever still looks at its frame can go on. So nobody pins a page
 *       just to read it.
 * </ol>
 *
 * <h2>When there is no room</h2>
 *
 * <p>If every page is pinned, {@link #read} still answers: it reads the page and returns a frame that the pool does not keep.
 * {@link #pin} and {@link #add} have to keep one, and throw {@link IllegalStateException} with "all 64 pages of the pool are
 * pinned". A page that is just being read or written may be free to go in a moment: that is waited for.
 *
 * <p>If a dirty page cannot be written, because the disk is full, it stays, and a clean one goes instead. If there is no clean
 * one, {@code read} answers as above, and {@code pin} and {@code add} throw the {@link StorageIoException}.
 *
 * <h2>Threads</h2>
 *
 * <p>Whoever finds a page waits for nobody, if the policy {@linkplain EvictionPolicy#touchesConcurrently is touched without a
 * lock}. Whoever reads or writes the file does so without a lock, so that others can go on with other pages. Who wants a page
 * that somebody is reading waits for that. And {@link #add} does not wait even for this: its page takes the place of the one
 * that is on the way, and what comes late from the file is thrown away, also if it comes as a {@link CorruptionException};
 * who waited for it gets the added page.
 *
 * <p>Cost: a page that is there O(1), and no allocation. Of others, one read; one write more if a dirty page had to go.
 *
 * <p>Concurrency: safe for many threads, of which one at a time adds, discards and changes pages.
 */
@Exercise(
        id = "4.5",
        title = "A buffer pool that never has more pages than it may",
        points = 9,
        difficulty = Difficulty.HARD,
        hours = 6,
        needs = "4.4")
public final class BufferPool {
    /** The pages that {@link #writeBack} hands to the file at once. */
    private static final int RUN_BYTES = 1 << 20;

    private final PageFile file;
    private final EvictionPolicy policy;
    private final boolean touchWithoutLock;
    private final PageTable table = new PageTable();
    private final int runPages;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition(); // a slot is not in transit any more
    private final @Nullable Frame[] frames; // by slot; guarded by lock
    private final boolean[] writing; // by slot: its page is being written; guarded by lock
    private final int[] emptySlots; // the first emptyCount of them; guarded by lock
    private int emptyCount; // guarded by lock
    private int inTransit; // slots whose page is being read or written; guarded by lock
    private int dirtyCount; // guarded by lock

    private final IntPredicate evictable = this::isEvictable;
    private final IntPredicate evictableUnwritten =
            slot -> isEvictable(slot) && !frameIn(slot).isDirty();

    /**
     * A pool without pages.
     *
     * @param capacityPages how many pages it may have
     * @param policy a policy for that many slots, all empty, which the pool has for itself
     * @throws IllegalArgumentException if {@code capacityPages} is less than 1
     */
    public BufferPool(PageFile file, int capacityPages, EvictionPolicy policy) {
        if (capacityPages < 1) {
            throw new IllegalArgumentException("a pool of " + capacityPages + " pages");
        }
        this.file = file;
        this.policy = policy;
        this.touchWithoutLock = policy.touchesConcurrently();
        this.runPages = Math.max(1, RUN_BYTES / file.pageSizeBytes());
        this.frames = new @Nullable Frame[capacityPages];
        this.writing = new boolean[capacityPages];
        this.emptySlots = new int[capacityPages];
        Arrays.setAll(emptySlots, i -> capacityPages - 1 - i);
        this.emptyCount = capacityPages;
    }

    /**
     * A page, from the file if it is not here. It may leave the pool at any moment; its frame stays as it is.
     *
     * @throws CorruptionException if it has to be read and is damaged: to every thread that waits for it. Nothing of it stays
     *     in the pool
     * @throws IllegalArgumentException if it is a meta page or negative
     */
    public Frame read(int page) {
        if (table.get(page) instanceof Frame frame) {
            touch(frame);
            return frame;
        }
        return readMissing(page);
    }

    /**
     * A page, from the file if it is not here, that stays until {@link #unpin} was called as often as this.
     *
     * @throws CorruptionException as {@link #read} does
     * @throws IllegalStateException if it is not here and all pages are pinned
     * @throws StorageIoException if it is not here and there is no page that can go; see above
     */
    public Frame pin(int page) {
        while (true) {
            Object here = table.get(page);
            if (here instanceof PageLoad load) {
                load.await();
            } else if (!(here instanceof Frame frame)) {
                Frame loaded = load(page, true);
                if (loaded != null) {
                    return loaded;
                }
            } else if (frame.tryPin()) {
                touch(frame);
                return frame;
            } else {
                awaitEndOf(frame);
            }
        }
    }

    /**
     * Takes back one {@link #pin}.
     *
     * @throws IllegalStateException if the frame is not pinned
     */
    public void unpin(Frame frame) {
        frame.unpin();
    }

    /**
     * Puts a new page into the pool, dirty and without pins. The array is the page from now on, not a copy of it. It replaces
     * whatever the pool has under this number, dirty or not, and whatever is on its way from the file. The page itself is not
     * written now.
     *
     * @throws IllegalStateException if the page that it would replace is pinned; or if all pages are
     * @throws StorageIoException if there is no page that can go; see above
     * @throws IllegalArgumentException if it is a meta page or negative, or {@code bytes} is not one page
     */
    public Frame add(int page, byte[] bytes) {
        if (page < META_PAGES || bytes.length != file.pageSizeBytes()) {
            throw new IllegalArgumentException("page " + page + " of " + bytes.length + " bytes: pages of "
                    + file.path() + " begin at 2 and have " + file.pageSizeBytes() + " bytes");
        }
        lock.lock();
        try {
            while (true) {
                Frame old = settledFrame(page);
                if (old != null) {
                    retire(old);
                    return install(new Frame(page, old.slot(), bytes), old);
                }
                int slot = takeSlot(true);
                inTransit--;
                moved.signalAll();
                if (!(table.get(page) instanceof Frame)) {
                    return install(new Frame(page, slot, bytes), null);
                }
                emptySlots[emptyCount++] = slot; // somebody has read the page while this thread waited for a slot
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that the bytes of a pinned page were changed, or will be before it is unpinned.
     *
     * @throws IllegalStateException if the frame is not pinned
     */
    public void markDirty(Frame frame) {
        if (!frame.isPinned()) {
            throw new IllegalStateException("page " + frame.page() + " is not pinned");
        }
        if (!frame.isDirty()) {
            lock.lock();
            try {
                setDirty(frame, true);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Forgets a page, dirty or not: nobody needs it any more. Does nothing if it is not here. A read of it that is under way
     * begins again.
     *
     * @throws IllegalStateException if it is pinned
     */
    public void discard(int page) {
        lock.lock();
        try {
            Frame frame = settledFrame(page);
            if (frame != null) {
                retire(frame);
                removeFrom(frame);
                emptySlots[emptyCount++] = frame.slot();
                moved.signalAll();
            } else if (table.get(page) instanceof PageLoad load) {
                table.replace(page, load, null);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes every page that is dirty now and was born in version {@code bornMax} or before, in the order of their numbers,
     * neighbours with one call. They stay, clean, even if pinned. Such pages are not changed any more. Nothing is synced.
     *
     * <p>Returns when all of them are in the file, also those that another thread was writing.
     *
     * @throws StorageIoException if one of them cannot be written; it stays dirty, as do those after it
     */
    public void writeBack(long bornMax) {
        List<Frame> due = dirtyFrames(bornMax);
        int next = 0;
        while (next < due.size()) {
            List<Frame> run = new ArrayList<>();
            next = beginRun(due, next, run);
            if (!run.isEmpty()) {
                boolean written = false;
                try {
                    file.writeRun(
                            run.get(0).page(), run.stream().map(Frame::bytes).toList());
                    written = true;
                } finally {
                    endRun(run, written);
                }
            }
        }
    }

    /** How many pages the pool may have. */
    public int capacityPages() {
        return frames.length;
    }

    /** How many pages it has now, those included that are being read from the file. */
    public int residentPages() {
        lock.lock();
        try {
            return frames.length - emptyCount;
        } finally {
            lock.unlock();
        }
    }

    /** How many of its pages are dirty now. */
    public int dirtyPages() {
        lock.lock();
        try {
            return dirtyCount;
        } finally {
            lock.unlock();
        }
    }

    /** How many of its pages are pinned now. */
    public int pinnedPages() {
        lock.lock();
        try {
            return (int) Arrays.stream(frames)
                    .filter(frame -> frame != null && frame.isPinned())
                    .count();
        } finally {
            lock.unlock();
        }
    }

    private void touch(Frame frame) {
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

    private Frame readMissing(int page) {
        while (true) {
            Object here = table.get(page);
            if (here instanceof Frame frame) {
                touch(frame);
                return frame;
            }
            Frame loaded = here instanceof PageLoad load ? load.await() : load(page, false);
            if (loaded != null) {
                return loaded;
            }
        }
    }

    /**
     * Reads a page that is not here, and pins it if it is to stay. Null if somebody else has begun to, or if the page was
     * added or discarded meanwhile: then what was read is old, and the caller looks again.
     */
    private @Nullable Frame load(int page, boolean toPin) {
        PageLoad load = new PageLoad();
        if (!table.replace(page, null, load)) {
            return null;
        }
        int slot;
        lock.lock();
        try {
            slot = takeSlot(toPin);
        } catch (RuntimeException | Error e) {
            table.replace(page, load, null);
            load.end(null); // others may want less than a pin
            throw e;
        } finally {
            lock.unlock();
        }
        Frame frame;
        try {
            frame = new Frame(page, slot, file.read(page));
        } catch (RuntimeException | Error e) {
            if (endLoad(page, load, slot, null)) {
                load.fail(e);
                throw e;
            }
            load.end(null);
            return null;
        }
        if (toPin && !frame.tryPin()) {
            throw new AssertionError("a new frame is retired");
        }
        Frame current = endLoad(page, load, slot, frame) ? frame : null;
        load.end(current);
        return current;
    }

    /** Puts what was loaded in the place of the load. False if the load is not there any more. */
    private boolean endLoad(int page, PageLoad load, int slot, @Nullable Frame frame) {
        lock.lock();
        try {
            boolean keep = frame != null && slot != NO_SLOT;
            boolean current = table.replace(page, load, keep ? frame : null);
            if (slot != NO_SLOT) {
                inTransit--;
                moved.signalAll();
                if (keep && current) {
                    frames[slot] = frame;
                    policy.admit(slot, page);
                } else {
                    emptySlots[emptyCount++] = slot;
                }
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    /**
     * An empty slot, counted as in transit; the page in it has to go, if there is no other. Called with the lock, lets go of it
     * while it writes or waits.
     *
     * @param needed whether to throw if no page may go; otherwise {@link Frame#NO_SLOT} is returned
     */
    private int takeSlot(boolean needed) {
        StorageIoException failure = null;
        while (emptyCount == 0) {
            int slot = policy.victim(failure == null ? evictable : evictableUnwritten);
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

    /** Lets a page go, after writing it if it is dirty. Returns the failure if that cannot be written, else {@code before}. */
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
        removeFrom(victim);
        emptySlots[emptyCount++] = victim.slot();
        return before;
    }

    /** Writes a page without the lock. If that fails the page is as it was before it was retired. */
    private void writeRetired(Frame frame) {
        writing[frame.slot()] = true;
        inTransit++;
        lock.unlock();
        boolean written = false;
        try {
            file.write(frame.page(), frame.bytes());
            written = true;
        } finally {
            lock.lock();
            writing[frame.slot()] = false;
            inTransit--;
            moved.signalAll();
            if (written) {
                setDirty(frame, false);
            } else {
                frame.reinstate();
            }
        }
    }

    private boolean isEvictable(int slot) {
        return !writing[slot] && frameIn(slot).isIdle();
    }

    private Frame frameIn(int slot) {
        return Objects.requireNonNull(frames[slot], "the policy names an empty slot");
    }

    /** The frame of a page, when it is not being written. Called with the lock, lets go of it while it waits. */
    private @Nullable Frame settledFrame(int page) {
        while (table.get(page) instanceof Frame frame) {
            if (!writing[frame.slot()]) {
                return frame;
            }
            moved.awaitUninterruptibly();
        }
        return null;
    }

    private void awaitEndOf(Frame retired) {
        lock.lock();
        try {
            while (retired.isRetired() && frames[retired.slot()] == retired) {
                moved.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void retire(Frame frame) {
        if (!frame.tryRetire()) {
            throw new IllegalStateException("page " + frame.page() + " is pinned");
        }
    }

    private void removeFrom(Frame frame) {
        setDirty(frame, false);
        frames[frame.slot()] = null;
        policy.remove(frame.slot());
        table.replace(frame.page(), frame, null);
    }

    private Frame install(Frame added, @Nullable Frame old) {
        if (old != null) {
            setDirty(old, false);
            policy.touch(added.slot());
        } else {
            policy.admit(added.slot(), added.page());
        }
        setDirty(added, true);
        frames[added.slot()] = added;
        table.set(added.page(), added);
        return added;
    }

    private void setDirty(Frame frame, boolean dirty) {
        if (frame.isDirty() != dirty) {
            frame.setDirty(dirty);
            dirtyCount += dirty ? 1 : -1;
        }
    }

    private List<Frame> dirtyFrames(long bornMax) {
        lock.lock();
        try {
            return Arrays.stream(frames)
                    .filter(frame -> frame != null && frame.isDirty() && frame.born() <= bornMax)
                    .sorted(Comparator.comparingInt(Frame::page))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Finds the next pages of {@code due} that are neighbours and still to be written, and marks them as being written: clean
     * already, so that a change that comes now makes them dirty again.
     *
     * @return the index behind them in {@code due}
     */
    private int beginRun(List<Frame> due, int from, List<Frame> run) {
        lock.lock();
        try {
            int next = from;
            while (next < due.size() && run.size() < runPages) {
                Frame frame = due.get(next);
                boolean here = frames[frame.slot()] == frame;
                if (here && writing[frame.slot()] && run.isEmpty()) {
                    moved.awaitUninterruptibly(); // somebody else writes it, and may fail
                    continue;
                }
                boolean isNeighbour =
                        run.isEmpty() || frame.page() == run.get(0).page() + run.size();
                if (here && (writing[frame.slot()] || !isNeighbour)) {
                    break;
                }
                next++;
                if (here && frame.isDirty()) {
                    setDirty(frame, false);
                    writing[frame.slot()] = true;
                    inTransit++;
                    run.add(frame);
                }
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void endRun(List<Frame> run, boolean written) {
        lock.lock();
        try {
            for (Frame frame : run) {
                writing[frame.slot()] = false;
                inTransit--;
                if (!written) {
                    setDirty(frame, true);
                }
            }
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

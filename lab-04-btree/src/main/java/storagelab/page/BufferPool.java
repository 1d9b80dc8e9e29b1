package storagelab.page;

import static storagelab.page.Frame.NO_SLOT;
import static storagelab.page.PageLayout.META_PAGES;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.cache.EvictionPolicy;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * The pages of a {@link PageFile} that are in memory, and never more of them than {@code capacityPages}. Everybody who
 * wants a page asks the pool. If it has the page, that costs a look into a table; if not, the page is read, and another
 * one goes to make room: the one that an {@link EvictionPolicy} names.
 *
 * <p>Example, a pool of two pages. {@code read(5)} and {@code read(6)} read both from the file, and a second {@code
 * read(5)} reads nothing. {@code read(7)} needs room: the policy names page 6, which goes, and 7 is read. {@code
 * pin(5)}, and whatever is read from now on, 5 stays until it is unpinned. {@code add(9, bytes)} puts a new page in the
 * place of 7 and writes nothing; it is dirty. When it is 9's turn to go it is written first, and the next {@code
 * read(9)} finds it in the file.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Pages in the pool, and pages that are being read into it, are together never more than its capacity.
 *   <li>A pinned page stays.
 *   <li>A dirty page goes only after it was written, each to its own place. If writing fails it stays, dirty.
 *   <li>A page is in the pool once: threads that want the same page at once get the same frame, and it is read once.
 *   <li>The bytes of a page that has gone are not touched: whoever still looks at its frame can go on. So nobody pins a
 *       page just to read it.
 * </ol>
 *
 * <h2>When there is no room</h2>
 *
 * <p>If every page is pinned, {@link #read} still answers: it reads the page and returns a frame that the pool does not
 * keep. {@link #pin} and {@link #add} have to keep one, and throw {@link IllegalStateException} with "all 64 pages of
 * the pool are pinned". A page that is just being read or written may be free to go in a moment: that is waited for.
 *
 * <p>If a dirty page cannot be written, because the disk is full, it stays, and a clean one goes instead. If there is
 * no clean one, {@code read} answers as above, and {@code pin} and {@code add} throw the {@link StorageIoException}.
 *
 * <h2>Threads</h2>
 *
 * <p>Whoever finds a page waits for nobody, if the policy {@linkplain EvictionPolicy#touchesConcurrently is touched
 * without a lock}. Whoever reads or writes the file does so without a lock, so that others can go on with other pages.
 * Whoever wants a page that somebody is reading waits for that. And {@link #add} does not wait even for this: its page
 * takes the place of the one that is on the way, and what comes late from the file is thrown away, also if it comes as
 * a {@link CorruptionException}; whoever waited for it gets the added page.
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
    private final PageFile file;
    private final PageTable table = new PageTable();
    private final PoolSlots slots;

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
        this.slots = new PoolSlots(file, table, capacityPages, policy);
    }

    /**
     * A page, from the file if it is not here. It may leave the pool at any moment; its frame stays as it is.
     *
     * @throws CorruptionException if it has to be read and is damaged: to every thread that waits for it. Nothing of it
     *     stays in the pool
     * @throws IllegalArgumentException if it is a meta page or negative
     */
    public Frame read(int page) {
        if (table.get(page) instanceof Frame frame) {
            slots.touch(frame);
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
                slots.touch(frame);
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
     * Puts a new page into the pool, dirty and without pins. The array is the page from now on, not a copy of it. It
     * replaces whatever the pool has under this number, dirty or not, and whatever is on its way from the file. The
     * page itself is not written now.
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
        slots.lock.lock();
        try {
            Frame added = place(page, bytes);
            slots.setDirty(added, true);
            table.set(page, added);
            return added;
        } finally {
            slots.lock.unlock();
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
            slots.lock.lock();
            try {
                slots.setDirty(frame, true);
            } finally {
                slots.lock.unlock();
            }
        }
    }

    /**
     * Forgets a page, dirty or not: nobody needs it any more. Does nothing if it is not here. A read of it that is
     * under way begins again.
     *
     * @throws IllegalStateException if it is pinned
     */
    public void discard(int page) {
        slots.lock.lock();
        try {
            Frame frame = slots.settled(page);
            if (frame != null) {
                slots.remove(frame);
            } else if (table.get(page) instanceof PageLoad load) {
                table.replace(page, load, null);
            }
        } finally {
            slots.lock.unlock();
        }
    }

    /**
     * Writes every page that is dirty now and was born in version {@code bornMax} or before, in the order of their
     * numbers, neighbours with one call. They stay, clean, even if pinned. Such pages are not changed any more. Nothing
     * is synced.
     *
     * <p>Returns when all of them are in the file, also those that another thread was writing.
     *
     * @throws StorageIoException if one of them cannot be written; it stays dirty, as do those after it
     */
    public void writeBack(long bornMax) {
        new WriteBack(file, slots).run(bornMax);
    }

    /** How many pages the pool may have. */
    public int capacityPages() {
        return slots.capacity();
    }

    /** How many pages it has now, those included that are being read from the file. */
    public int residentPages() {
        return counted(PoolSlots::usedCount);
    }

    /** How many of its pages are dirty now. */
    public int dirtyPages() {
        return counted(PoolSlots::dirtyCount);
    }

    /** How many of its pages are pinned now. */
    public int pinnedPages() {
        return counted(PoolSlots::pinnedCount);
    }

    private int counted(ToIntFunction<PoolSlots> count) {
        slots.lock.lock();
        try {
            return count.applyAsInt(slots);
        } finally {
            slots.lock.unlock();
        }
    }

    private Frame readMissing(int page) {
        while (true) {
            Object here = table.get(page);
            if (here instanceof Frame frame) {
                slots.touch(frame);
                return frame;
            }
            Frame loaded = here instanceof PageLoad load ? load.await() : load(page, false);
            if (loaded != null) {
                return loaded;
            }
        }
    }

    /**
     * Reads a page that is not here, and pins it if it is to stay. Null if somebody else has begun to, or if the page
     * was added or discarded meanwhile: then what was read is old, and the caller looks again.
     */
    private @Nullable Frame load(int page, boolean toPin) {
        if (page < META_PAGES) {
            throw new IllegalArgumentException("page " + page + " is not in a pool: they begin at 2");
        }
        PageLoad load = new PageLoad();
        if (!table.replace(page, null, load)) {
            return null;
        }
        int slot = slotFor(page, load, toPin);
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

    private int slotFor(int page, PageLoad load, boolean needed) {
        slots.lock.lock();
        try {
            return slots.take(needed);
        } catch (RuntimeException | Error e) {
            table.replace(page, load, null);
            load.end(null); // who waits may be content with less than a slot
            throw e;
        } finally {
            slots.lock.unlock();
        }
    }

    /** Puts what was loaded in the place of the load. False if the load is not there any more. */
    private boolean endLoad(int page, PageLoad load, int slot, @Nullable Frame frame) {
        Frame kept = slot == NO_SLOT ? null : frame;
        slots.lock.lock();
        try {
            boolean current = table.replace(page, load, kept);
            if (slot != NO_SLOT) {
                slots.arrive(slot, current ? kept : null);
            }
            return current;
        } finally {
            slots.lock.unlock();
        }
    }

    /** Finds a place for an added page, which is that of the page it replaces. Called with the lock. */
    private Frame place(int page, byte[] bytes) {
        while (true) {
            Frame old = slots.settled(page);
            if (old != null) {
                Frame added = new Frame(page, old.slot(), bytes);
                slots.replace(old, added);
                return added;
            }
            int slot = slots.take(true);
            boolean wasReadMeanwhile = table.get(page) instanceof Frame;
            Frame added = wasReadMeanwhile ? null : new Frame(page, slot, bytes);
            slots.arrive(slot, added);
            if (added != null) {
                return added;
            }
        }
    }

    private void awaitEndOf(Frame retired) {
        slots.lock.lock();
        try {
            while (retired.isRetired() && slots.has(retired)) {
                slots.awaitMove();
            }
        } finally {
            slots.lock.unlock();
        }
    }
}

// exercise: 4.5
// type: storagelab.page.BufferPool
// replace: type
// verdict: accepted
// because: one lock, one condition and a hash map instead of an array that is read without a lock
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;

public final class BufferPool {
    /** A page that is being read. */
    private static final class Loading {
        private boolean ended;
        private Frame frame;
        private RuntimeException failure;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, Object> pages = new HashMap<>();
    private final Set<Frame> busy = new HashSet<>();
    private final PageFile file;
    private final EvictionPolicy policy;
    private final Frame[] frames;
    private final boolean[] taken;
    private int inTransit;

    public BufferPool(PageFile file, int capacityPages, EvictionPolicy policy) {
        if (capacityPages < 1) {
            throw new IllegalArgumentException("capacity " + capacityPages);
        }
        this.file = file;
        this.policy = policy;
        this.frames = new Frame[capacityPages];
        this.taken = new boolean[capacityPages];
    }

    public Frame read(int page) {
        return get(page, false);
    }

    public Frame pin(int page) {
        return get(page, true);
    }

    private Frame get(int page, boolean toPin) {
        checkNumber(page);
        lock.lock();
        try {
            while (true) {
                Object here = pages.get(page);
                if (here instanceof Frame frame) {
                    if (!toPin || frame.tryPin()) {
                        policy.touch(frame.slot());
                        return frame;
                    }
                    changed.awaitUninterruptibly();
                } else if (here instanceof Loading loading) {
                    while (!loading.ended) {
                        changed.awaitUninterruptibly();
                    }
                    if (loading.failure != null) {
                        throw loading.failure;
                    }
                    if (loading.frame != null && !toPin) {
                        return loading.frame;
                    }
                } else {
                    Frame loaded = load(page, toPin);
                    if (loaded != null) {
                        return loaded;
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Frame load(int page, boolean toPin) {
        Loading loading = new Loading();
        pages.put(page, loading);
        int slot;
        try {
            slot = takeSlot(toPin);
        } catch (RuntimeException e) {
            pages.remove(page, loading);
            end(loading);
            throw e;
        }
        Frame frame = null;
        RuntimeException failure = null;
        lock.unlock();
        try {
            frame = new Frame(page, slot, file.read(page));
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            lock.lock();
        }
        boolean current = pages.remove(page, loading);
        boolean keep = current && frame != null && slot != Frame.NO_SLOT;
        if (keep) {
            put(frame);
        } else if (slot != Frame.NO_SLOT) {
            taken[slot] = false;
        }
        if (slot != Frame.NO_SLOT) {
            inTransit--;
        }
        loading.failure = current ? failure : null;
        loading.frame = current ? frame : null;
        end(loading);
        if (current && failure != null) {
            throw failure;
        }
        if (keep && toPin) {
            frame.tryPin();
        }
        return current ? frame : null;
    }

    private void end(Loading loading) {
        loading.ended = true;
        changed.signalAll();
    }

    private void put(Frame frame) {
        frames[frame.slot()] = frame;
        pages.put(frame.page(), frame);
        policy.admit(frame.slot(), frame.page());
    }

    private int takeSlot(boolean needed) {
        StorageIoException failure = null;
        while (true) {
            for (int slot = 0; slot < taken.length; slot++) {
                if (!taken[slot]) {
                    taken[slot] = true;
                    inTransit++;
                    return slot;
                }
            }
            boolean cleanOnly = failure != null;
            IntPredicate mayGo =
                    slot -> frames[slot].isIdle() && !busy.contains(frames[slot]) && !(cleanOnly && frames[slot].isDirty());
            int slot = policy.victim(mayGo);
            if (slot != EvictionPolicy.NONE) {
                Frame victim = frames[slot];
                if (victim.tryRetire()) {
                    try {
                        writeAll(List.of(victim));
                        remove(victim);
                    } catch (StorageIoException e) {
                        victim.reinstate();
                        failure = e;
                    }
                }
            } else if (inTransit > 0) {
                changed.awaitUninterruptibly();
            } else if (!needed) {
                return Frame.NO_SLOT;
            } else if (failure != null) {
                throw failure;
            } else {
                throw new IllegalStateException("all " + taken.length + " pages of the pool are pinned");
            }
        }
    }

    /** Writes neighbours that are dirty, without the lock. */
    private void writeAll(List<Frame> run) {
        if (!run.get(0).isDirty()) {
            return;
        }
        busy.addAll(run);
        run.forEach(frame -> frame.setDirty(false));
        inTransit += run.size();
        boolean written = false;
        lock.unlock();
        try {
            file.writeRun(run.get(0).page(), run.stream().map(Frame::bytes).toList());
            written = true;
        } finally {
            lock.lock();
            inTransit -= run.size();
            busy.removeAll(run);
            for (Frame frame : run) {
                frame.setDirty(frame.isDirty() || !written);
            }
            changed.signalAll();
        }
    }

    private void remove(Frame retired) {
        retired.setDirty(false);
        pages.remove(retired.page());
        frames[retired.slot()] = null;
        taken[retired.slot()] = false;
        policy.remove(retired.slot());
        changed.signalAll();
    }

    public void unpin(Frame frame) {
        frame.unpin();
    }

    public Frame add(int page, byte[] bytes) {
        checkNumber(page);
        if (bytes.length != file.pageSizeBytes()) {
            throw new IllegalArgumentException(bytes.length + " bytes");
        }
        lock.lock();
        try {
            if (settled(page) == null) {
                int slot = takeSlot(true);
                inTransit--;
                taken[slot] = false;
            }
            Frame old = settled(page);
            if (old != null) {
                retire(old);
                remove(old);
            }
            int slot = takeSlot(true);
            inTransit--;
            Frame added = new Frame(page, slot, bytes);
            added.setDirty(true);
            put(added);
            changed.signalAll();
            return added;
        } finally {
            lock.unlock();
        }
    }

    public void markDirty(Frame frame) {
        if (!frame.isPinned()) {
            throw new IllegalStateException("page " + frame.page() + " is not pinned");
        }
        frame.setDirty(true);
    }

    public void discard(int page) {
        lock.lock();
        try {
            Frame frame = settled(page);
            if (frame != null) {
                retire(frame);
                remove(frame);
            } else {
                pages.remove(page);
            }
        } finally {
            lock.unlock();
        }
    }

    private Frame settled(int page) {
        while (pages.get(page) instanceof Frame frame) {
            if (!busy.contains(frame)) {
                return frame;
            }
            changed.awaitUninterruptibly();
        }
        return null;
    }

    private static void retire(Frame frame) {
        if (!frame.tryRetire()) {
            throw new IllegalStateException("page " + frame.page() + " is pinned");
        }
    }

    public void writeBack(long bornMax) {
        lock.lock();
        try {
            int from = 0;
            while (true) {
                int first = from;
                List<Frame> due = new ArrayList<>();
                for (Frame frame : frames) {
                    if (frame != null
                            && frame.page() >= first
                            && frame.born() <= bornMax
                            && (frame.isDirty() || busy.contains(frame))) {
                        due.add(frame);
                    }
                }
                if (due.isEmpty()) {
                    return;
                }
                due.sort(Comparator.comparingInt(Frame::page));
                if (busy.contains(due.get(0))) {
                    changed.awaitUninterruptibly();
                    continue;
                }
                List<Frame> run = new ArrayList<>();
                for (Frame frame : due) {
                    if (frame.page() == due.get(0).page() + run.size()
                            && !busy.contains(frame)
                            && run.size() < (1 << 20) / file.pageSizeBytes()) {
                        run.add(frame);
                    }
                }
                writeAll(run);
                from = due.get(0).page() + run.size();
            }
        } finally {
            lock.unlock();
        }
    }

    public int capacityPages() {
        return taken.length;
    }

    public int residentPages() {
        lock.lock();
        try {
            int count = 0;
            for (boolean isTaken : taken) {
                count += isTaken ? 1 : 0;
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    public int dirtyPages() {
        return count(Frame::isDirty);
    }

    public int pinnedPages() {
        return count(Frame::isPinned);
    }

    private int count(java.util.function.Predicate<Frame> which) {
        lock.lock();
        try {
            int count = 0;
            for (Frame frame : frames) {
                count += frame != null && which.test(frame) ? 1 : 0;
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    private static void checkNumber(int page) {
        if (page < 2) {
            throw new IllegalArgumentException("page " + page);
        }
    }
}

package storagelab.btree;

import java.io.Closeable;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import storagelab.api.StorageException;
import storagelab.api.StoreClosedException;
import storagelab.page.BufferPool;
import storagelab.page.FreeList;
import storagelab.page.MetaPage;
import storagelab.page.PageFile;

/**
 * What the parts of an open tree share: the file, the pool of pages in memory, which pages are free, and the state that
 * was published last.
 *
 * <p>Versions: every change that is made in copies of pages publishes a new version. A page carries the version it was
 * made in. The <em>frozen</em> version is the newest one that a snapshot, a cursor or a checkpoint has seen: pages that
 * were made in it or before are never changed any more. Those that are younger nobody holds on to, and the one writer
 * may change them in place.
 *
 * <p>Concurrency: one writer at a time, which holds the {@code writerLock}, changes {@code state}, {@code entries} and the free list; readers are many. The
 * {@code latch} is held for an operation in place, which may have to read a page first, for a publication, and for a freeze:
 * so that what is frozen is not half changed, nor already given up, and the {@link #sequence} goes with it.
 */
public final class SharedTree implements PageSource, Closeable {
    private static final int RECLAIM_BATCH = 64;

    private final PageFile file;
    private final BufferPool pool;
    private final PageReclaimer reclaimer = new PageReclaimer();
    private final FreeList freeList; // guarded by the writer
    private final ReentrantLock writerLock = new ReentrantLock();
    private final Condition checkpointEnded = writerLock.newCondition();
    private final ReentrantLock latch = new ReentrantLock();
    private final AtomicLong reuses = new AtomicLong();
    private volatile TreeState state;
    private volatile long frozenVersion; // changed under the latch
    private volatile long entries; // changed by the writer
    private volatile long sequence; // changed under the latch
    private long nextSequence; // guarded by the writer
    private boolean isCheckpointUnderWay; // guarded by the writer
    private volatile boolean closed;

    /** The tree of the last checkpoint of {@code file}. */
    public SharedTree(PageFile file, BufferPool pool, FreeList freeList) {
        MetaPage meta = file.meta();
        this.file = file;
        this.pool = pool;
        this.freeList = freeList;
        this.state = new TreeState(meta.rootPage(), meta.version());
        this.frozenVersion = meta.version();
        this.entries = meta.entries();
        this.sequence = meta.logPosition();
        this.nextSequence = sequence;
        reclaimer.hold(meta.version());
    }

    /** The file. */
    public PageFile file() {
        return file;
    }

    /** The pages in memory. */
    public BufferPool pool() {
        return pool;
    }

    /** Which pages are free. For the writer. */
    public FreeList freeList() {
        return freeList;
    }

    /** Which pages that were given up somebody still needs. */
    public PageReclaimer reclaimer() {
        return reclaimer;
    }

    /** The state that was published last. */
    public TreeState state() {
        return state;
    }

    /**
     * Publishes a state. Every page of it is in the pool or in the file. What it has replaced is given up afterwards.
     */
    public void publish(TreeState next) {
        latch.lock(); // a freeze holds the version that it has seen before the pages of it can be given up
        try {
            state = next;
            sequence = nextSequence;
        } finally {
            latch.unlock();
        }
    }

    /** Held by the writer. */
    public ReentrantLock writerLock() {
        return writerLock;
    }

    /**
     * Runs {@code task}, the part of a checkpoint that only concerns what is {@linkplain #freeze frozen}, and lets other writers
     * go on meanwhile. When this returns, the caller is the writer again. Until then no page number is given back, and no other
     * checkpoint begins. For the writer.
     */
    public void letWritersGoOn(Runnable task) {
        boolean isLocked = writerLock.isHeldByCurrentThread(); // a tree with a single thread needs no lock
        isCheckpointUnderWay = true;
        if (isLocked) {
            writerLock.unlock();
        }
        try {
            task.run();
        } finally {
            if (isLocked) {
                writerLock.lock();
                checkpointEnded.signalAll();
            }
            isCheckpointUnderWay = false;
        }
    }

    /** Returns when no checkpoint is under way. Other writers may have gone on meanwhile. For the writer. */
    public void awaitCheckpoint() {
        while (isCheckpointUnderWay) {
            checkpointEnded.awaitUninterruptibly();
        }
    }

    /** Pages that were made in this version or before are not changed any more. */
    public long frozenVersion() {
        return frozenVersion;
    }

    /** Held while a page is changed in place. */
    public ReentrantLock latch() {
        return latch;
    }

    /**
     * Makes the state as it is now one that stays: its pages are not changed in place any more, and their numbers are
     * not used for others, until its version is {@linkplain PageReclaimer#release released}. Waits for a change in
     * place that is under way.
     */
    public TreeState freeze() {
        latch.lock();
        try {
            TreeState now = state;
            frozenVersion = now.version();
            reclaimer.hold(now.version());
            return now;
        } finally {
            latch.unlock();
        }
    }

    /** Number of entries. */
    public long entries() {
        return entries;
    }

    /** Says how many entries there are. For the writer. */
    public void setEntries(long count) {
        entries = count;
    }

    /** The sequence of the last operation that is in the tree. Read under the latch, it goes with what a freeze sees. */
    public long sequence() {
        return sequence;
    }

    /** Says which sequence the tree has from the next publication on, or from {@link #reachNextSequence}. For the writer. */
    public void setNextSequence(long next) {
        nextSequence = next;
    }

    /** The tree has the next sequence: what it stands for was done in place, or had nothing to change. For the writer. */
    public void reachNextSequence() {
        latch.lock();
        try {
            sequence = nextSequence;
        } finally {
            latch.unlock();
        }
    }

    @Override
    public int pageSizeBytes() {
        return file.pageSizeBytes();
    }

    @Override
    public byte[] read(int page) {
        return pool.read(page).bytes();
    }

    @Override
    public byte[] readOnce(int page) {
        try {
            return file.read(page);
        } catch (StorageException e) {
            throw explained(e);
        }
    }

    /**
     * How often page numbers have become free to be used again. A reader that holds no version may come to a page whose
     * number was given to another one: if this has not changed from before it read the state until after it had its
     * answer, it did not.
     */
    public long reuses() {
        return reuses.get();
    }

    /** Whether {@link #reuses} is still {@code since}; what was read before this call was read before. */
    public boolean isWithoutReuseSince(long since) {
        VarHandle.acquireFence();
        return reuses.get() == since;
    }

    /**
     * Gives back page numbers that are no longer needed, if there are enough to be worth it and no checkpoint is under way.
     * For the writer.
     */
    public void reclaimSome() {
        if (reclaimer.reusableCount() >= RECLAIM_BATCH && !isCheckpointUnderWay) {
            reclaim();
        }
    }

    /** Gives back the numbers of pages that nobody needs any more. For the writer. */
    public void reclaim() {
        List<Integer> pages = reclaimer.takeReusable();
        if (!pages.isEmpty()) {
            reuses.incrementAndGet(); // first: a reader that sees any of what follows sees this, too
            for (int page : pages) {
                pool.discard(page);
                freeList.release(page);
            }
        }
    }

    /** Whether the store is closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Closes the file. Readers that are under way get to know why what they do fails. */
    @Override
    public void close() {
        closed = true;
        file.close();
    }

    /** Throws if the store is closed. */
    public void checkOpen() {
        if (closed) {
            throw new StoreClosedException(file.path().toString());
        }
    }

    /** What to throw for a failure of a reader: that the store is closed, if it is, and otherwise {@code failure}. */
    public StorageException explained(StorageException failure) {
        return closed ? new StoreClosedException(file.path().toString()) : failure;
    }
}

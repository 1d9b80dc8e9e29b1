package storagelab.archive;

import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import storagelab.api.StoreClosedException;

/**
 * What an archive has at this moment, and which of its earlier indexes somebody still reads.
 *
 * <p>Concurrency: safe for many threads. Its lock is held for a change in memory only, and never during a request.
 */
final class ArchiveStates implements ArchiveSnapshot.Pins {
    private final String archive; // for messages
    private final ReentrantLock changing = new ReentrantLock();
    private final TreeMap<Long, Integer> pinned =
            new TreeMap<>(); // readers by the generation of their index; guarded by changing

    private volatile ArchiveState state; // replaced holding changing
    private volatile boolean closed; // set holding changing

    /** An archive that has {@code state}. */
    ArchiveStates(String archive, ArchiveState state) {
        this.archive = archive;
        this.state = state;
    }

    /** What the archive has now. */
    ArchiveState now() {
        return state;
    }

    /** Puts another state in the place of the one there is, which nobody else changes meanwhile, and returns it. */
    ArchiveState change(UnaryOperator<ArchiveState> toNext) {
        changing.lock();
        try {
            state = toNext.apply(state);
            return state;
        } finally {
            changing.unlock();
        }
    }

    /** What the archive has now; its index is pinned. */
    ArchiveState pinNow() {
        changing.lock();
        try {
            checkOpen();
            pin(state.index());
            return state;
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void pin(ArchiveIndex index) {
        changing.lock();
        try {
            pinned.merge(index.generation(), 1, Integer::sum);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void unpin(ArchiveIndex index) {
        changing.lock();
        try {
            pinned.computeIfPresent(index.generation(), (generation, count) -> count == 1 ? null : count - 1);
        } finally {
            changing.unlock();
        }
    }

    /** The generation of the oldest index that is read: a pinned one, or that of now. */
    long oldestRead() {
        changing.lock();
        try {
            return pinned.isEmpty() ? state.index().generation() : pinned.firstKey();
        } finally {
            changing.unlock();
        }
    }

    /** Nothing is pinned or checked successfully any more. Whether this is the first call. */
    boolean close() {
        changing.lock();
        try {
            boolean isFirst = !closed;
            closed = true;
            return isFirst;
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void checkOpen() {
        if (closed) {
            throw new StoreClosedException(archive);
        }
    }
}

package storagelab.memtable;

import storagelab.api.Slice;
import storagelab.course.Solution;
import storagelab.cursor.EntryCursor;

/**
 * A cursor over the newest versions of a memtable as of a sequence.
 *
 * <p>Invariant: {@code node} is none, or the newest version of its key whose sequence is not greater than {@code sequence}.
 *
 * <p>Concurrency: one thread; others may add to the versions.
 */
@Solution
final class MemtableCursor implements EntryCursor {
    private final VersionList versions;
    private final NodeArena nodes;
    private final long sequence;
    private long node = NodeArena.NONE;
    private boolean closed;

    MemtableCursor(VersionList versions, long sequence) {
        this.versions = versions;
        this.nodes = versions.nodes();
        this.sequence = sequence;
    }

    @Override
    public boolean isValid() {
        checkOpen();
        return node != NodeArena.NONE;
    }

    @Override
    public void seekToFirst() {
        checkOpen();
        node = firstVisible(versions.first());
    }

    @Override
    public void seekToLast() {
        checkOpen();
        node = lastVisible(versions.last());
    }

    @Override
    public void seek(Slice key) {
        checkOpen();
        node = firstVisible(versions.ceiling(new SearchKey(key, sequence)));
    }

    @Override
    public void seekBefore(Slice key) {
        checkOpen();
        node = lastVisible(versions.lower(new SearchKey(key, SkipListMemtable.MAX_SEQUENCE)));
    }

    @Override
    public void next() {
        long current = current();
        long next = nodes.next(current, 0);
        while (next != NodeArena.NONE && nodes.sameKey(next, current)) {
            next = nodes.next(next, 0);
        }
        node = firstVisible(next);
    }

    @Override
    public void prev() {
        seekBefore(nodes.key(current()));
    }

    @Override
    public Slice key() {
        return nodes.key(current());
    }

    @Override
    public Slice value() {
        return nodes.value(current());
    }

    @Override
    public boolean isTombstone() {
        return nodes.isTombstone(current());
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The first node from {@code from} on that is not too new. Newer versions come before older ones. */
    private long firstVisible(long from) {
        long visible = from;
        while (visible != NodeArena.NONE && nodes.sequence(visible) > sequence) {
            visible = nodes.next(visible, 0);
        }
        return visible;
    }

    /** The node of the greatest key with a visible version that is not greater than the key of {@code from}. */
    private long lastVisible(long from) {
        for (long last = from; last != NodeArena.NONE; ) {
            Slice key = nodes.key(last);
            long newest = versions.ceiling(new SearchKey(key, sequence));
            if (newest != NodeArena.NONE && nodes.sameKey(newest, last)) {
                return newest;
            }
            last = versions.lower(new SearchKey(key, SkipListMemtable.MAX_SEQUENCE));
        }
        return NodeArena.NONE;
    }

    private long current() {
        checkOpen();
        if (node == NodeArena.NONE) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return node;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
    }
}

package storagelab.memtable;

import storagelab.api.Slice;
import storagelab.course.Solution;

/** A node of a version list, and the steps from it. Concurrency: one thread; others may add to the list. */
@Solution
final class VersionListCursor implements VersionCursor {
    private final VersionList versions;
    private final NodeArena nodes;
    private long node = NodeArena.NONE;

    VersionListCursor(VersionList versions) {
        this.versions = versions;
        this.nodes = versions.nodes();
    }

    @Override
    public boolean isValid() {
        return node != NodeArena.NONE;
    }

    @Override
    public void seekToFirst() {
        node = versions.first();
    }

    @Override
    public void seekToLast() {
        node = versions.last();
    }

    @Override
    public void seek(Slice key, long sequence) {
        node = versions.ceiling(new SearchKey(key, sequence));
    }

    @Override
    public void next() {
        node = nodes.next(current(), 0);
    }

    @Override
    public void prev() {
        node = versions.lower(new SearchKey(key(), sequence())); // nodes know only what follows them
    }

    @Override
    public Slice key() {
        return nodes.key(current());
    }

    @Override
    public long sequence() {
        return nodes.sequence(current());
    }

    @Override
    public Slice value() {
        return nodes.value(current());
    }

    @Override
    public boolean isTombstone() {
        return nodes.isTombstone(current());
    }

    private long current() {
        if (node == NodeArena.NONE) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return node;
    }
}

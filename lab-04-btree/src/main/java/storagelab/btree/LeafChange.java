package storagelab.btree;

import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.page.Frame;
import storagelab.page.SlottedPage;

/**
 * Changes a leaf where it is. Copying a page, and all those above it, for a value of a hundred bytes is a waste when
 * nobody holds on to the version it belongs to; and most writes of most workloads need one leaf and nothing else.
 */
public final class LeafChange {
    private LeafChange() {}

    /** What came of an attempt. */
    public enum Outcome {
        /** Nothing was changed: it takes copies. */
        NEEDS_COPIES,
        /** It is done; there are as many entries as before. */
        DONE,
        /** It is done; there is one entry more. */
        ADDED,
        /** It is done; there is one entry less. */
        REMOVED
    }

    /**
     * Tries to apply one operation to the leaf it belongs to, in place. It takes copies ({@link Outcome#NEEDS_COPIES})
     *
     * <ul>
     *   <li>if there is no root;
     *   <li>if the leaf was made in the {@linkplain SharedTree#frozenVersion frozen version} or before: a snapshot or
     *       a checkpoint may need it;
     *   <li>if the cell does not fit, so that the leaf has to be split;
     *   <li>if the leaf would shrink to less than a quarter of its capacity, and is not the root; or if it is the root
     *       and would be empty;
     *   <li>if the new value does not fit into a leaf, or the old one is in overflow pages.
     * </ul>
     *
     * Deleting a key that is not there is {@link Outcome#DONE}.
     *
     * <p>The leaf's frame is pinned meanwhile, so that the pool does not write half a change. The change itself is made
     * under {@link SharedTree#latch}, for a snapshot may be taken at any moment: whether the leaf is younger than the
     * frozen version has to be asked once more when the latch is held. And between {@link Frame#beginChange} and {@link
     * Frame#endChange}, so that readers of the same moment look again. The frame is {@linkplain
     * storagelab.page.BufferPool#markDirty marked dirty} before it is unpinned.
     *
     * <p>Example: no snapshot has been taken since version 7, when leaf 12 was made; frozen is 6. {@code put(k, v)}
     * with a cell that fits is done in page 12 itself. Then a snapshot freezes version 7, and the next put to the same
     * leaf needs copies: of leaf 12 and of those above it, as version 8.
     *
     * <p>Cost: O(depth) pages read; no page is copied or allocated.
     */
    @ExercisePart("4.14")
    public static Outcome tryInPlace(SharedTree tree, WriteBatch.Operation operation) {
        int root = tree.state().root();
        if (root == PageSource.NO_PAGE) {
            return Outcome.NEEDS_COPIES;
        }
        Frame leaf = TreeReader.leaf(tree, root, operation.key());
        if (leaf.born() <= tree.frozenVersion()) {
            return Outcome.NEEDS_COPIES;
        }
        Frame frame = tree.pool().pin(leaf.page());
        try {
            return new Attempt(tree, frame, frame.page() == root).apply(operation);
        } finally {
            tree.pool().unpin(frame);
        }
    }

    /** One operation on one pinned leaf. */
    @Solution
    private record Attempt(SharedTree tree, Frame frame, boolean isRoot) {
        Outcome apply(WriteBatch.Operation operation) {
            SlottedPage leaf = new SlottedPage(frame.bytes());
            int found = leaf.find(operation.key());
            if (found >= 0 && StoredValue.isOverflow(leaf.payload(found))) {
                return Outcome.NEEDS_COPIES;
            }
            return operation instanceof WriteBatch.Put put ? put(leaf, found, put) : delete(leaf, found);
        }

        private Outcome put(SlottedPage leaf, int found, WriteBatch.Put put) {
            Slice key = put.key();
            if (!StoredValue.fitsLeaf(key.length(), put.value().length(), tree.pageSizeBytes())) {
                return Outcome.NEEDS_COPIES;
            }
            int growth = SlottedPage.cellBytes(key.length(), 1 + put.value().length())
                    - (found < 0 ? 0 : cellBytes(leaf, found));
            if (growth > leaf.freeBytes() || (growth < 0 && isTooEmptyWith(leaf, growth))) {
                return Outcome.NEEDS_COPIES;
            }
            Slice payload = StoredValue.inline(put.value());
            boolean done = change(() -> {
                if (found >= 0) {
                    leaf.replace(found, payload);
                } else {
                    leaf.insert(-found - 1, key, payload);
                }
            });
            return !done ? Outcome.NEEDS_COPIES : found >= 0 ? Outcome.DONE : Outcome.ADDED;
        }

        private Outcome delete(SlottedPage leaf, int found) {
            if (found < 0) {
                return Outcome.DONE;
            }
            if (isTooEmptyWith(leaf, -cellBytes(leaf, found))) {
                return Outcome.NEEDS_COPIES;
            }
            return change(() -> leaf.remove(found)) ? Outcome.REMOVED : Outcome.NEEDS_COPIES;
        }

        private boolean isTooEmptyWith(SlottedPage leaf, int growth) {
            int used = leaf.usedBytes() + growth;
            return isRoot ? used == 0 : used < SlottedPage.capacityBytes(tree.pageSizeBytes()) / 4;
        }

        private static int cellBytes(SlottedPage leaf, int index) {
            return SlottedPage.cellBytes(
                    leaf.key(index).length(), leaf.payload(index).length());
        }

        private boolean change(Runnable steps) {
            tree.latch().lock();
            try {
                if (frame.born() <= tree.frozenVersion()) {
                    return false;
                }
                underTheStamp(steps);
                tree.pool().markDirty(frame);
                return true;
            } finally {
                tree.latch().unlock();
            }
        }

        /** So that readers who are there at the same time look again. */
        private void underTheStamp(Runnable steps) {
            frame.beginChange();
            try {
                steps.run();
            } finally {
                frame.endChange();
            }
        }
    }
}

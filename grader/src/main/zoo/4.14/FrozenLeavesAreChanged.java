// exercise: 4.14
// type: storagelab.btree.LeafChange
// verdict: caught
// because: a leaf is changed in place although a snapshot is looking at it
public final class LeafChange {
    public static Outcome tryInPlace(OpenTree tree, WriteBatch.Operation operation) {
        int root = tree.state().root();
        if (root == PageSource.NO_PAGE) {
            return Outcome.NEEDS_COPIES;
        }
        int page = root;
        byte[] bytes = tree.read(page);
        while (PageLayout.kind(bytes) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(bytes);
            page = branch.child(branch.childIndex(operation.key()));
            bytes = tree.read(page);
        }
        Frame frame = tree.pool().pin(page);
        try {
            return new Attempt(tree, frame, page == root).apply(operation);
        } finally {
            tree.pool().unpin(frame);
        }
    }

    private record Attempt(OpenTree tree, Frame frame, boolean isRoot) {
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
            change(() -> {
                if (found >= 0) {
                    leaf.replace(found, payload);
                } else {
                    leaf.insert(-found - 1, key, payload);
                }
            });
            return found >= 0 ? Outcome.DONE : Outcome.ADDED;
        }

        private Outcome delete(SlottedPage leaf, int found) {
            if (found < 0) {
                return Outcome.DONE;
            }
            if (isTooEmptyWith(leaf, -cellBytes(leaf, found))) {
                return Outcome.NEEDS_COPIES;
            }
            change(() -> leaf.remove(found));
            return Outcome.REMOVED;
        }

        private boolean isTooEmptyWith(SlottedPage leaf, int growth) {
            int used = leaf.usedBytes() + growth;
            return isRoot ? used == 0 : used < SlottedPage.capacityBytes(tree.pageSizeBytes()) / 4;
        }

        private static int cellBytes(SlottedPage leaf, int index) {
            return SlottedPage.cellBytes(
                    leaf.key(index).length(), leaf.payload(index).length());
        }

        private void change(Runnable steps) {
            tree.latch().lock();
            try {
                frame.beginChange();
                try {
                    steps.run();
                } finally {
                    frame.endChange();
                }
                tree.pool().markDirty(frame);
            } finally {
                tree.latch().unlock();
            }
        }
    }
}

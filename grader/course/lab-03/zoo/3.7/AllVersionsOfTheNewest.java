// exercise: 3.7
// type: storagelab.memtable.VersionListCursor
// verdict: caught
// because: the cursor over all versions passes over those of a key that are not its newest, and snapshots lose them
final class VersionListCursor {
    public void next() {
        long passed = current();
        node = nodes.next(passed, 0);
        while (node != NodeArena.NONE && nodes.sameKey(node, passed)) {
            node = nodes.next(node, 0);
        }
    }
}

// exercise: 4.13
// type: storagelab.btree.TreeChange
// verdict: caught
// because: the old pages are free when the change is published: a snapshot and the last checkpoint find others in their place
public final class TreeChange implements TreePages {
    public void publish(int root) {
        writeRun();
        pages.forEach(tree.pool()::add);
        published = true;
        tree.publish(new TreeState(root, version));
        for (GivenUp old : replaced) {
            tree.pool().discard(old.page);
            tree.freeList().release(old.page);
        }
    }
}

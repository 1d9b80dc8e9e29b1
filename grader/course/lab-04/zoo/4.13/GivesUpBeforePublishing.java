// exercise: 4.13
// type: storagelab.btree.TreeChange
// verdict: caught
// because: old pages are given up at the moment of the edit: with nobody holding them they are reused before the change is published
public final class TreeChange implements TreePages {
    @Override
    public void free(int page, long born) {
        pages.remove(page);
        if (!taken.remove(page)) {
            tree.reclaimer().giveUp(page, born, version);
            return;
        }
        writeRun();
        tree.pool().discard(page);
        tree.freeList().release(page);
    }
}

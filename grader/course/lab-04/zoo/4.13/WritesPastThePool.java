// exercise: 4.13
// type: storagelab.btree.TreeChange
// verdict: caught
// because: what is written past the pool is hidden by a page that somebody has read there before
public final class TreeChange implements TreePages {
    private void writeRun() {
        if (!run.isEmpty()) {
            tree.file().writeRun(runStart, run);
            run.clear();
        }
    }
}

// exercise: 4.13
// type: storagelab.btree.TreeChange
// verdict: caught
// because: a change that failed keeps the numbers it has taken
public final class TreeChange implements TreePages {
    public void abandon() {
        pages.clear();
        taken.clear();
    }
}

// exercise: 4.12
// type: storagelab.btree.BulkLoader
// verdict: accepted
// because: whether a child would be left over is asked before the branches of a level are built
public final class BulkLoader {
    private static List<Child> branchesAbove(TreePages pages, List<Child> children) {
        List<Integer> begins = new ArrayList<>();
        int free = -1;
        for (int i = 0; i < children.size(); i++) {
            int cell = SlottedPage.cellBytes(children.get(i).separator.length(), Integer.BYTES);
            if (cell > free) {
                begins.add(i);
                free = SlottedPage.capacityBytes(pages.pageSizeBytes());
            } else {
                free -= cell;
            }
        }
        int branches = begins.size();
        if (begins.get(branches - 1) == children.size() - 1) {
            begins.set(branches - 1, children.size() - 2);
        }
        begins.add(children.size());
        List<Child> level = new ArrayList<>();
        for (int b = 0; b < branches; b++) {
            BranchNode branch = open(pages, level, children.get(begins.get(b)));
            for (Child child : children.subList(begins.get(b) + 1, begins.get(b + 1))) {
                branch.insert(branch.cells().count(), child.separator, child.page);
            }
        }
        finishLast(pages, level);
        return level;
    }
}

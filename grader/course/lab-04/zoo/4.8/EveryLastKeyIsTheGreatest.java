// exercise: 4.8
// type: storagelab.btree.TreeInsert
// verdict: caught
// because: the last key of any leaf is taken for the greatest of the tree, and the new page is nearly empty
public final class TreeInsert {
    private static final class Put {
        private ChangedPage intoLeaf(int number, SlottedPage leaf, Edge edge) {
            int found = leaf.find(key);
            int index = found >= 0 ? found : -found - 1;
            if (found >= 0 ? leaf.replace(index, payload) : leaf.insert(index, key, payload)) {
                return ChangedPage.whole(number);
            }
            if (found >= 0) {
                leaf.remove(index);
            }
            CellList cells = new CellList().addAll(leaf).insert(index, key, payload);
            int right = pages.add(PageLayout.LEAF);
            return index == leaf.count()
                    ? divideAt(pages, number, right, cells, nearlyAll(pages, cells, 0))
                    : divide(pages, number, right, cells);
        }

        private int neighbourWithRoom(BranchNode branch, int index, ChangedPage split) {
            return -1;
        }
    }
}

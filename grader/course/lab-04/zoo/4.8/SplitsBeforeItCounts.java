// exercise: 4.8
// type: storagelab.btree.TreeInsert
// verdict: caught
// because: the leaf is halved without the new cell, which then goes to one of the halves
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
            int right = pages.add(PageLayout.LEAF);
            ChangedPage split = divide(pages, number, right, new CellList().addAll(leaf));
            int half = key.compareTo(split.separator()) < 0 ? number : right;
            SlottedPage cells = new SlottedPage(pages.read(half));
            cells.insert(-cells.find(key) - 1, key, payload);
            return split;
        }
    }
}

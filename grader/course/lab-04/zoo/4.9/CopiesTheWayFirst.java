// exercise: 4.9
// type: storagelab.btree.TreeDelete
// verdict: caught
// because: every page on the way is copied before anybody has looked whether the key is there
public final class TreeDelete {
    private static final class Deletion {
        ChangedPage lookFor(int page) {
            int number = pages.edit(page);
            byte[] bytes = pages.read(number);
            if (PageLayout.kind(bytes) == PageLayout.BRANCH) {
                BranchNode branch = new BranchNode(bytes);
                int index = branch.childIndex(key);
                branch.setChild(index, lookFor(branch.child(index)).page());
            }
            return ChangedPage.whole(number);
        }
    }

    public static int delete(TreePages pages, int root, Slice key) {
        if (root == PageSource.NO_PAGE) {
            return root;
        }
        int copied = new Deletion(pages, key).lookFor(root).page();
        if (TreeSearch.payload(pages, copied, key) == null) {
            return copied;
        }
        int top = TreeInsert.rootAbove(pages, new Deletion(pages, key).from(copied, TreeInsert.Edge.RIGHT));
        byte[] bytes = pages.read(top);
        if (new SlottedPage(bytes).count() > 0) {
            return top;
        }
        pages.free(top, PageLayout.born(bytes));
        return PageLayout.kind(bytes) == PageLayout.LEAF ? PageSource.NO_PAGE : new BranchNode(bytes).child(0);
    }
}

package storagelab.btree;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/** Finds keys in a tree of pages. */
public final class TreeSearch {
    private TreeSearch() {}

    /**
     * The payload under {@code key} in the tree that begins at {@code root}.
     *
     * <p>All entries are in the leaves ({@link PageLayout#LEAF}), which are all equally deep. The pages above them
     * ({@link PageLayout#BRANCH}) only show the way: {@link BranchNode#childIndex}, which is a part of this exercise,
     * says below which child a key is.
     *
     * <p>Example: the root 5 is a branch with the separator {@code m} and the children 3 and 4; leaf 3 has {@code a=1}
     * and {@code c=2}, leaf 4 has {@code m=3}. {@code payload(pages, 5, "m")} reads the pages 5 and 4 and is 3. {@code
     * payload(pages, 5, "b")} reads 5 and 3 and is null.
     *
     * <p>Cost: one page is read on each level: with 4 KiB pages and entries of 116 bytes, four for a million entries.
     *
     * @param root {@link PageSource#NO_PAGE} for a tree without entries
     * @return the payload, not copied; null if the key is not there
     */
    @Exercise(
            id = "4.7",
            title = "Search from the root to a leaf",
            points = 4,
            difficulty = Difficulty.EASY,
            hours = 2,
            needs = "4.6")
    public static @Nullable Slice payload(PageSource pages, int root, Slice key) {
        if (root == PageSource.NO_PAGE) {
            return null;
        }
        byte[] page = pages.read(root);
        while (PageLayout.kind(page) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(page);
            page = pages.read(branch.child(branch.childIndex(key)));
        }
        SlottedPage leaf = new SlottedPage(page);
        int index = leaf.indexOf(key);
        return index < 0 ? null : leaf.payload(index);
    }
}

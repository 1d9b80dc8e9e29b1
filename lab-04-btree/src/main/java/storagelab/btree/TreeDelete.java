package storagelab.btree;

import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Solution;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/** Deletes from a tree of pages, and merges those that have become too empty. */
public final class TreeDelete {
    private TreeDelete() {}

    /**
     * Removes {@code key} and its payload.
     *
     * <p>A page of which less than a quarter of the {@linkplain SlottedPage#capacityBytes capacity} is {@linkplain
     * SlottedPage#usedBytes in use} afterwards ({@link TreeVerifier#isTooEmpty}) does not stay so, unless it is the
     * root; all others are left as they are. It is looked at together with a neighbour under the same branch, to the left
     * or to the right:
     *
     * <ul>
     *   <li><em>Merge</em> if the cells of both fit into one page: they go into the left one, the right one is freed,
     *       and the separator between them disappears from the branch. Of two branches, that separator comes down as a
     *       cell between their cells, for it is the signpost to the leftmost child of the right one.
     *   <li><em>Borrow</em> if not: all cells, with that separator if they are branches, are divided anew between the
     *       two ({@link TreeInsert#divide}). The separator in the branch is another one then.
     * </ul>
     *
     * <p>Losing a separator may leave the branch with less than a quarter in use, and so on up to the root. A root that
     * is a branch with a single child gives way to the child; a leaf without entries, as the root, to {@link
     * PageSource#NO_PAGE}. Beware of the other direction: the new separator of a borrow may be longer than the old one,
     * and the branch too full for it. Then the branch is split ({@link TreeInsert#addChild} after the old separator was
     * removed), and a deletion may even make the tree deeper ({@link TreeInsert#rootAbove}).
     *
     * <p>Example: pages of 1,024 bytes have room for 988. The root is a branch with the separator {@code m}; its leaves
     * are {@code a=…, c=…} with 300 bytes in use and {@code m=…, p=…} with 400, of which p takes 200. Deleting p leaves
     * 200 bytes, less than 247. Both together take 500, so they are merged into the left leaf, which has a, c and m
     * then; the branch has one child left, and that leaf is the new root. If the left leaf were {@code a, c, e, g} with
     * 225 bytes each, the 1,100 would be divided anew: a and c stay with 450, and e, g and m go to the right with 650;
     * the separator is {@code e}.
     *
     * <p>Nothing that was there before is changed, but through {@link TreePages#edit}; and if the key is not there, no
     * page is edited.
     *
     * <p>Cost: O(depth) pages read and edited, and one more on each level where pages are merged or borrow.
     *
     * @return the root of the changed tree; {@code root} if the key is not in it
     */
    @Exercise(
            id = "4.9",
            title = "Delete, and merge what is too empty",
            points = 9,
            difficulty = Difficulty.HARD,
            hours = 7,
            needs = {"4.6", "4.7", "4.8"})
    public static int delete(TreePages pages, int root, Slice key) {
        if (TreeSearch.payload(pages, root, key) == null) {
            return root;
        }
        int top = TreeInsert.rootAbove(pages, new Deletion(pages, key).from(root, TreeInsert.Edge.RIGHT));
        byte[] bytes = pages.read(top);
        if (new SlottedPage(bytes).count() > 0) {
            return top;
        }
        pages.free(top, PageLayout.born(bytes));
        return PageLayout.kind(bytes) == PageLayout.LEAF ? PageSource.NO_PAGE : new BranchNode(bytes).child(0);
    }

    /** One call of delete on its way down and up again. */
    @Solution
    private static final class Deletion {
        private final TreePages pages;
        private final Slice key;

        Deletion(TreePages pages, Slice key) {
            this.pages = pages;
            this.key = key;
        }

        ChangedPage from(int page, TreeInsert.Edge edge) {
            int number = pages.edit(page);
            byte[] bytes = pages.read(number);
            if (PageLayout.kind(bytes) == PageLayout.LEAF) {
                SlottedPage leaf = new SlottedPage(bytes);
                leaf.remove(leaf.indexOf(key));
                return ChangedPage.whole(number);
            }
            BranchNode branch = new BranchNode(bytes);
            int index = branch.childIndex(key);
            boolean last = index == branch.childCount() - 1;
            ChangedPage child = from(branch.child(index), last ? edge : TreeInsert.Edge.INNER);
            branch.setChild(index, child.page());
            if (child.isSplit()) {
                return TreeInsert.addChild(pages, number, index, child, edge);
            }
            return TreeVerifier.isTooEmpty(new SlottedPage(pages.read(child.page())))
                    ? evenOut(number, branch, Math.max(0, index - 1), edge)
                    : ChangedPage.whole(number);
        }

        /** Merges the children to both sides of a separator, or divides what they have anew. */
        private ChangedPage evenOut(int number, BranchNode branch, int separator, TreeInsert.Edge edge) {
            int left = pages.edit(branch.child(separator));
            branch.setChild(separator, left);
            int right = branch.child(separator + 1);
            boolean leaves = PageLayout.kind(pages.read(left)) == PageLayout.LEAF;
            CellList cells = leaves ? leafCells(left, right) : branchCells(branch, separator, left, right);
            branch.cells().remove(separator);
            if (cells.bytes(0, cells.count()) <= SlottedPage.capacityBytes(pages.pageSizeBytes())) {
                cells.write(0, cells.count(), new SlottedPage(pages.read(left)));
                pages.free(right, PageLayout.born(pages.read(right)));
                return ChangedPage.whole(number);
            }
            ChangedPage divided = TreeInsert.divide(pages, left, pages.edit(right), cells);
            return TreeInsert.addChild(pages, number, separator, divided, edge);
        }

        private CellList leafCells(int left, int right) {
            return new CellList().addAll(new SlottedPage(pages.read(left))).addAll(new SlottedPage(pages.read(right)));
        }

        private CellList branchCells(BranchNode parent, int separator, int left, int right) {
            BranchNode rightBranch = new BranchNode(pages.read(right));
            CellList cells = new CellList().addAll(new BranchNode(pages.read(left)).cells());
            Slice key = Slice.wrap(parent.cells().key(separator).toByteArray());
            return cells.insert(cells.count(), key, BranchNode.payload(rightBranch.child(0)))
                    .addAll(rightBranch.cells());
        }
    }
}

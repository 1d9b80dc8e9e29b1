package storagelab.btree;

import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/** Inserts into a tree of pages, and splits those that have become too full. */
public final class TreeInsert {
    /** How full a split at the right edge of the tree leaves the left page, of 100. */
    private static final int RIGHT_EDGE_FILL = 90;

    /** How full two leaves may be, of 100, after they have taken the cells of three. */
    private static final int SHARED_FILL = 85;

    private TreeInsert() {}

    /**
     * Puts {@code payload} under {@code key}, in place of what is there.
     *
     * <p>Go down to the leaf, make every page on the way one that may be changed ({@link TreePages#edit}), and let each
     * branch know the new number of its child. If the cell fits into the leaf, that is all.
     *
     * <p>If not, the leaf becomes two: the cells, with the new one in its place among them, are divided between the
     * page and a new one to its right. The branch above gets the new page as a further child, with {@link
     * Separator#between} the last key on the left and the first on the right. That may be too much for the branch,
     * which is then split as well ({@link #addChild}); and when the root is split, a new root with the two halves as
     * its children makes the tree one level deeper.
     *
     * <p><em>Divide by bytes, not by number</em>: where the two pages come closest to the same {@linkplain
     * SlottedPage#usedBytes number of bytes}. One cell of 900 bytes and thirty of 100 are not halved by putting sixteen
     * on one side. No cell takes more than a quarter of a page, so each half gets at least 3/8 of one.
     *
     * <p><em>Or share.</em> Pages of a tree into which keys come at random are 69 % full on average, for each is split when it is
     * full and half empty then. Instead of leaving two halves, you may (the reference does) look at the leaves to both sides
     * under the same branch: if the two halves and a neighbour together take no more than 85 % of two pages, divide the cells of
     * all three between two. It makes leaves 78 % full. Nobody asks for it; what is asked for, of pages that were divided either
     * way, is that each has at least a quarter of its capacity in use.
     *
     * <p><em>At the right edge</em>, when the new key is greater than every other in the tree, dividing in the middle
     * would be a waste: who inserts in order never comes back to the left half, and every page stays half empty. There
     * the left page keeps as many cells as fit into 90 % of it, and the new page begins with the rest, one cell at
     * least.
     *
     * <p>Example: pages with room for 1,000 bytes. The root, a leaf, has cells of 400 (key a), 300 (c) and 250 (e)
     * bytes; a cell b of 200 bytes is put. Together 1,150: a and b have 600, c and e 550, which is closest. The new
     * root has the separator {@code "c"}. With f of 200 bytes instead of b, all of a, c and e would stay, if they did
     * not take more than 900 bytes; so a and c stay on the left, and e and f go to the right.
     *
     * <p>Nothing that was there before is changed, but through {@link TreePages#edit}: whoever holds the old root sees
     * the old tree.
     *
     * <p>Cost: O(depth) pages read and edited, and one page added for each that is split.
     *
     * @param root {@link PageSource#NO_PAGE} for an empty tree, which gets a leaf as its root
     * @param payload of which a cell with {@code key} takes at most a quarter of a page's {@linkplain
     *     SlottedPage#capacityBytes capacity}. One that is shorter than what was there may leave a leaf with less than
     *     a quarter in use: delete the key first
     * @return the root of the changed tree
     */
    @Exercise(
            id = "4.8",
            title = "Insert, and split what is too full",
            points = 8,
            difficulty = Difficulty.HARD,
            hours = 6,
            needs = {"4.6", "4.7"})
    public static int put(TreePages pages, int root, Slice key, Slice payload) {
        if (root == PageSource.NO_PAGE) {
            int leaf = pages.add(PageLayout.LEAF);
            new SlottedPage(pages.read(leaf)).insert(0, key, payload);
            return leaf;
        }
        return rootOf(pages, new TreeInsert.Put(pages, key, payload).into(root, true));
    }

    /**
     * Adds a child to a branch that may be changed already, and splits the branch if there is no room for it.
     *
     * <p>When a branch is split, one separator moves up, because it is between the two halves: with the separators
     * {@code d f k p} and the children 1 to 5, {@code d f} and the children 1, 2, 3 stay, {@code p} and 4, 5 go to the
     * new page, and {@code k} is the answer's separator. By bytes, as with leaves; with 90 % on the left if the branch
     * is at the right edge of the tree and the new child is its last. Each half has one separator at least.
     *
     * @param page the branch
     * @param index of the new separator among those of the branch
     * @param child whose separator and right page are added
     * @param edge whether no branch of the same level is to the right
     */
    @ExercisePart("4.8")
    public static Grown addChild(TreePages pages, int page, int index, Grown child, Edge edge) {
        BranchNode branch = new BranchNode(pages.read(page));
        if (branch.insert(index, child.separator(), child.right())) {
            return Grown.whole(page);
        }
        CellList cells = new CellList()
                .addAll(branch.cells())
                .insert(index, child.separator(), BranchNode.payload(child.right()));
        boolean appended = edge == Edge.RIGHT && index == cells.count() - 1;
        int middle = Math.max(1, Math.min(cells.count() - 2, splitIndex(pages, cells, appended)));
        return divideBranch(pages, page, pages.add(PageLayout.BRANCH), cells, middle);
    }

    /** Whether a page is at the right edge of the tree. */
    public enum Edge {
        /** No page of the same level is to its right. */
        RIGHT,
        /** There are others to its right. */
        INNER
    }

    /** The root above what became of the old one. */
    @Solution
    static int rootOf(TreePages pages, Grown grown) {
        if (!grown.isSplit()) {
            return grown.page();
        }
        int root = pages.add(PageLayout.BRANCH);
        BranchNode branch = new BranchNode(pages.read(root));
        branch.setChild(0, grown.page());
        branch.insert(0, grown.separator(), grown.right());
        return root;
    }

    /** Leaves the cells before {@code middle} in {@code left}, moves those behind it to {@code right}, and itself up. */
    @Solution
    static Grown divideBranch(TreePages pages, int left, int right, CellList cells, int middle) {
        cells.write(0, middle, new SlottedPage(pages.read(left)));
        SlottedPage rightCells = new SlottedPage(pages.read(right));
        cells.write(middle + 1, cells.count(), rightCells);
        rightCells.setOwnersPage(BranchNode.pageOf(cells.payload(middle)));
        return new Grown(left, cells.key(middle), right);
    }

    /** Leaves the cells before {@code middle} in {@code left} and moves the others to {@code right}. */
    @Solution
    static Grown divideLeaf(TreePages pages, int left, int right, CellList cells, int middle) {
        cells.write(0, middle, new SlottedPage(pages.read(left)));
        cells.write(middle, cells.count(), new SlottedPage(pages.read(right)));
        return new Grown(left, Separator.between(cells.key(middle - 1), cells.key(middle)), right);
    }

    /** How many of the cells go to the left: half of the bytes, or 90 % of a page if the last one was appended. */
    @Solution
    static int splitIndex(TreePages pages, CellList cells, boolean appended) {
        int capacity = SlottedPage.capacityBytes(pages.pageSizeBytes());
        int total = cells.bytes(0, cells.count());
        int goal = appended ? capacity * RIGHT_EDGE_FILL / 100 : total / 2;
        int left = 0;
        int index = 0;
        int next = cells.bytes(0, 1);
        while (index < cells.count() - 1 && (appended ? left + next <= goal : left + next / 2 <= goal)) {
            left += next;
            index++;
            next = cells.bytes(index, index + 1);
        }
        return Math.max(1, index);
    }

    /** One call of put on its way down and up again. */
    @Solution
    private record Put(TreePages pages, Slice key, Slice payload) {
        Grown into(int page, boolean rightEdge) {
            int number = pages.edit(page);
            byte[] bytes = pages.read(number);
            return PageLayout.kind(bytes) == PageLayout.LEAF
                    ? intoLeaf(number, new SlottedPage(bytes), rightEdge)
                    : intoBranch(number, new BranchNode(bytes), rightEdge);
        }

        private Grown intoBranch(int number, BranchNode branch, boolean rightEdge) {
            int index = branch.childIndex(key);
            Grown child = into(branch.child(index), rightEdge && index == branch.childCount() - 1);
            branch.setChild(index, child.page());
            Edge edge = rightEdge ? Edge.RIGHT : Edge.INNER;
            if (!child.isSplit()) {
                return Grown.whole(number);
            }
            int neighbour = neighbourWithRoom(branch, index, child);
            return neighbour < 0
                    ? addChild(pages, number, index, child, edge)
                    : share(number, branch, Math.min(index, neighbour), child, edge);
        }

        /** The child beside a leaf that was split whose cells, with those of the two halves, would fill two pages. */
        private int neighbourWithRoom(BranchNode branch, int index, Grown split) {
            SlottedPage left = new SlottedPage(pages.read(split.page()));
            SlottedPage right = new SlottedPage(pages.read(split.right()));
            int capacity = SlottedPage.capacityBytes(pages.pageSizeBytes());
            int room = 2 * capacity * SHARED_FILL / 100 - left.usedBytes() - right.usedBytes();
            boolean isAppended = index == branch.childCount() - 1 && right.count() == 1;
            if (PageLayout.kind(left.bytes()) != PageLayout.LEAF || isAppended) {
                return -1;
            }
            for (int neighbour = index - 1; neighbour <= index + 1; neighbour += 2) {
                if (neighbour >= 0
                        && neighbour < branch.childCount()
                        && new SlottedPage(pages.read(branch.child(neighbour))).usedBytes() <= room) {
                    return neighbour;
                }
            }
            return -1;
        }

        /** Divides three leaves between two: the children to both sides of a separator, one of which was split. */
        private Grown share(int number, BranchNode branch, int separator, Grown split, Edge edge) {
            int left = pages.edit(branch.child(separator));
            int right = pages.edit(branch.child(separator + 1));
            branch.setChild(separator, left);
            CellList cells = new CellList();
            for (int page : left == split.page()
                    ? new int[] {left, split.right(), right}
                    : new int[] {left, right, split.right()}) {
                cells.addAll(new SlottedPage(pages.read(page)));
            }
            pages.free(split.right(), PageLayout.born(pages.read(split.right())));
            branch.cells().remove(separator);
            Grown divided = divideLeaf(pages, left, right, cells, splitIndex(pages, cells, false));
            return addChild(pages, number, separator, divided, edge);
        }

        private Grown intoLeaf(int number, SlottedPage leaf, boolean rightEdge) {
            int found = leaf.find(key);
            int index = found >= 0 ? found : -found - 1;
            if (found >= 0 ? leaf.replace(index, payload) : leaf.insert(index, key, payload)) {
                return Grown.whole(number);
            }
            if (found >= 0) {
                leaf.remove(index);
            }
            boolean appended = rightEdge && index == leaf.count();
            CellList cells = new CellList().addAll(leaf).insert(index, key, payload);
            int middle = splitIndex(pages, cells, appended);
            return divideLeaf(pages, number, pages.add(PageLayout.LEAF), cells, middle);
        }
    }
}

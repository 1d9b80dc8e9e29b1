package storagelab.btree;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * Walks a whole tree and proves what is always true of it:
 *
 * <ol>
 *   <li>All leaves are equally deep.
 *   <li>Keys ascend strictly, within a page and from page to page; what is below a child is not less than the separator
 *       to its left, and less than the one to its right.
 *   <li>A branch has at least one separator. A leaf has at least one entry.
 *   <li>Of every page at least a quarter of the {@linkplain SlottedPage#capacityBytes capacity} is in use, but for the
 *       root and the pages at the right edge of the tree.
 *   <li>No page is in the tree twice.
 *   <li>No page is younger than the branch above it: who changes a page changes those above.
 *   <li>Within a page, a search for each key finds it ({@link SlottedPage#find}), and the bytes in use are those of its
 *       cells.
 * </ol>
 *
 * <p>Errors: {@link AssertionError} with the page and what is wrong with it. Checksums are not its business: a page
 * that was damaged does not come this far.
 *
 * <p>Cost: reads every page once.
 */
public final class TreeVerifier {
    private final PageSource pages;
    private final Consumer<Slice> payloads;
    private final Set<Integer> seen = new LinkedHashSet<>();
    private long entries;
    private int leaves;
    private long usedBytes;
    private int leafDepth;
    private @Nullable Slice lastKey;

    private TreeVerifier(PageSource pages, Consumer<Slice> payloads) {
        this.pages = pages;
        this.payloads = payloads;
    }

    /**
     * What a walk has found.
     *
     * @param depth levels; 0 for an empty tree, 1 if the root is a leaf
     * @param leafUsedBytes bytes in use of all leaves together
     * @param pages every page of the tree, in the order of the walk; without overflow pages
     */
    public record TreeShape(long entries, int depth, int leaves, long leafUsedBytes, Set<Integer> pages) {
        /** How much of the leaves is in use, 0 to 1. */
        public double leafFill(int pageSizeBytes) {
            return leaves == 0 ? 0 : (double) leafUsedBytes / leaves / SlottedPage.capacityBytes(pageSizeBytes);
        }
    }

    /** Whether less than a quarter of a page's {@linkplain SlottedPage#capacityBytes capacity} is in use. */
    public static boolean isTooEmpty(SlottedPage page) {
        return page.usedBytes() < SlottedPage.capacityBytes(page.bytes().length) / 4;
    }

    /** Walks the tree that begins at {@code root}. Payloads may be any bytes. */
    public static TreeShape verify(PageSource pages, int root) {
        return walk(pages, root, payload -> {});
    }

    /**
     * Walks the tree that begins at {@code root}, whose payloads are {@linkplain StoredValue stored values}.
     *
     * @param overflowChains is given the first page of each value that lies outside of the leaves
     */
    static TreeShape verify(PageSource pages, int root, IntConsumer overflowChains) {
        return walk(pages, root, payload -> {
            if (StoredValue.isOverflow(payload)) {
                overflowChains.accept(StoredValue.firstPage(payload));
            }
        });
    }

    private static TreeShape walk(PageSource pages, int root, Consumer<Slice> payloads) {
        TreeVerifier verifier = new TreeVerifier(pages, payloads);
        if (root != PageSource.NO_PAGE) {
            verifier.walk(new Place(root, 1, null, null, true), Long.MAX_VALUE);
        }
        return new TreeShape(
                verifier.entries, verifier.leafDepth, verifier.leaves, verifier.usedBytes, Set.copyOf(verifier.seen));
    }

    /** Where the walk is: what the keys of the page must not be less than, and must be less than. */
    private record Place(
            int page,
            int depth,
            @Nullable Slice from,
            @Nullable Slice to,
            boolean rightEdge) {}

    private void walk(Place place, long youngest) {
        byte[] bytes = pages.read(place.page);
        int kind = PageLayout.kind(bytes);
        long born = PageLayout.born(bytes);
        SlottedPage cells = new SlottedPage(bytes);
        check(place, seen.add(place.page), "is in the tree twice");
        check(place, born <= youngest, "was born in " + born + ", the branch above it in " + youngest);
        check(place, kind == PageLayout.LEAF || kind == PageLayout.BRANCH, "is of kind " + kind);
        check(place, cells.count() > 0, "has no cells");
        check(
                place,
                place.depth == 1 || place.rightEdge || !isTooEmpty(cells),
                "has only " + cells.usedBytes() + " bytes in use");
        checkCells(place, cells);
        if (kind == PageLayout.LEAF) {
            leaf(place, cells);
        } else {
            branch(place, new BranchNode(bytes), born);
        }
    }

    private void branch(Place place, BranchNode branch, long born) {
        for (int i = 0; i < branch.childCount(); i++) {
            boolean last = i == branch.childCount() - 1;
            Slice from = i == 0 ? place.from : branch.cells().key(i - 1);
            Slice to = last ? place.to : branch.cells().key(i);
            walk(new Place(branch.child(i), place.depth + 1, from, to, place.rightEdge && last), born);
        }
    }

    private void leaf(Place place, SlottedPage cells) {
        check(
                place,
                leafDepth == 0 || leafDepth == place.depth,
                "is a leaf at depth " + place.depth + ", others at " + leafDepth);
        check(
                place,
                lastKey == null || lastKey.compareTo(cells.key(0)) < 0,
                "begins with " + cells.key(0) + " after a leaf that ends with " + lastKey);
        leafDepth = place.depth;
        lastKey = cells.key(cells.count() - 1);
        leaves++;
        entries += cells.count();
        usedBytes += cells.usedBytes();
        for (int i = 0; i < cells.count(); i++) {
            payloads.accept(cells.payload(i));
        }
    }

    private static void checkCells(Place place, SlottedPage cells) {
        int bytes = 0;
        for (int i = 0; i < cells.count(); i++) {
            Slice key = cells.key(i);
            checkKey(place, i == 0 ? null : cells.key(i - 1), key);
            int found = cells.find(key);
            check(place, found == i, "has " + key + " as cell " + i + ", and finds it at " + found);
            bytes += SlottedPage.cellBytes(key.length(), cells.payload(i).length());
        }
        check(
                place,
                bytes == cells.usedBytes(),
                "has cells of " + bytes + " bytes, and in use are " + cells.usedBytes());
    }

    private static void checkKey(Place place, @Nullable Slice before, Slice key) {
        check(place, before == null || before.compareTo(key) < 0, "has " + before + " before " + key);
        check(
                place,
                (place.from == null || place.from.compareTo(key) <= 0)
                        && (place.to == null || key.compareTo(place.to) < 0),
                "has " + key + ", and should be between " + place.from + " and " + place.to);
    }

    private static void check(Place place, boolean holds, String complaint) {
        if (!holds) {
            throw new AssertionError("page " + place.page + " " + complaint);
        }
    }
}

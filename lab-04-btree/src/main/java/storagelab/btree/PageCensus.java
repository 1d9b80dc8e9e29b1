package storagelab.btree;

import java.util.Collection;
import java.util.List;
import storagelab.page.FreeList;
import storagelab.page.PageLayout;

/** Counts the pages of a file: everyone is in exactly one place. */
final class PageCensus {
    private static final String FREE = "free";

    private PageCensus() {}

    /**
     * Proves that every page behind the meta pages is free, waits for somebody who still needs it, stores the free
     * list, or is one of those in {@code inTree}, and only one of these.
     *
     * @throws AssertionError with the number of a page of which that is not true
     */
    static void check(SharedTree tree, List<Integer> freeListPages, List<? extends Collection<Integer>> inTree) {
        tree.reclaim();
        FreeList freeList = tree.freeList();
        String[] places = new String[freeList.pageCount()];
        for (int page = PageLayout.META_PAGES; page < places.length; page++) {
            if (freeList.isFree(page)) {
                places[page] = FREE;
            }
        }
        freeListPages.forEach(page -> settle(places, page, "the free list"));
        inTree.forEach(pages -> pages.forEach(page -> settle(places, page, "the tree")));
        tree.reclaimer().waiting().forEach(page -> settle(places, page, "an older version"));
        for (int page = PageLayout.META_PAGES; page < places.length; page++) {
            if (places[page] == null) {
                throw new AssertionError("page " + page + " is lost: neither free nor in use");
            }
        }
    }

    private static void settle(String[] places, int page, String place) {
        if (page < PageLayout.META_PAGES || page >= places.length) {
            throw new AssertionError("page " + page + " is in " + place + ", and there are " + places.length);
        }
        if (places[page] != null) {
            throw new AssertionError("page " + page + " is in " + place + ", and " + places[page]);
        }
        places[page] = place;
    }
}

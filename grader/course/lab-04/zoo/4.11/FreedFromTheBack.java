// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: accepted
// because: the pages are collected and then freed, the last one first
import java.util.ArrayDeque;
import java.util.Deque;

public final class OverflowPages {
    public static void free(TreePages pages, Slice payload) {
        Deque<long[]> chain = new ArrayDeque<>();
        for (int page = StoredValue.firstPage(payload); page != PageSource.NO_PAGE; ) {
            byte[] bytes = pages.readOnce(page);
            chain.push(new long[] {page, PageLayout.born(bytes)});
            page = PageLayout.getInt(bytes, NEXT);
        }
        for (long[] page : chain) {
            pages.free((int) page[0], page[1]);
        }
    }
}

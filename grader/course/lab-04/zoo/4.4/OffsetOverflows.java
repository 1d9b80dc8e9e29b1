// exercise: 4.4
// type: storagelab.page.PageFile
// verdict: caught
// because: the offset of a page is multiplied as an int, and beyond 2 GiB it is another one
public final class PageFile {
    private long offsetOf(int page) {
        if (page < META_PAGES) {
            throw new IllegalArgumentException("page " + page);
        }
        return page * pageSizeBytes;
    }
}

// exercise: 4.4
// type: storagelab.page.FreeList
// verdict: caught
// because: the largest free page is given out first, so that the file never gets shorter
public final class FreeList {
    public int allocate() {
        if (freeCount == 0) {
            return newPage();
        }
        int page = free.length() - 1;
        free.clear(page);
        freeCount--;
        return page;
    }
}

// exercise: 4.13
// type: storagelab.btree.PageReclaimer
// verdict: caught
// because: every page that was given up since the oldest reader is kept, also those that were made after it: a long read lets the file grow without bound
public final class PageReclaimer {
    private void settle(GivenUp page) {
        if (!holders.isEmpty() && holders.firstKey() < page.freed) {
            holders.firstEntry().getValue().waiting.add(page);
        } else {
            reusable.add(page.page);
        }
    }
}

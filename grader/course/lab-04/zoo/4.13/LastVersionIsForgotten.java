// exercise: 4.13
// type: storagelab.btree.PageReclaimer
// verdict: caught
// because: a page that was given up in version f is taken for one that version f - 1 does not need
public final class PageReclaimer {
    private void settle(GivenUp page) {
        Map.Entry<Long, Holder> first = holders.ceilingEntry(page.born);
        if (first != null && first.getKey() < page.freed - 1) {
            first.getValue().waiting.add(page);
        } else {
            reusable.add(page.page);
        }
    }
}

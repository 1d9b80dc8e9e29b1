// exercise: 4.13
// type: storagelab.btree.PageReclaimer
// verdict: caught
// because: a page that was given up is free at once, whoever looks at it
public final class PageReclaimer {
    private void settle(GivenUp page) {
        reusable.add(page.page);
    }
}

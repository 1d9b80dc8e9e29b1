// exercise: 4.13
// type: storagelab.btree.TreeChange
// verdict: caught
// because: the copy is not one: what is changed is the page that everybody reads
public final class TreeChange implements TreePages {
    @Override
    public int edit(int page) {
        if (pages.containsKey(page)) {
            return page;
        }
        byte[] copy = read(page);
        if (taken.contains(page)) {
            pages.put(page, copy);
            return page;
        }
        replaced.add(new GivenUp(page, PageLayout.born(copy)));
        return take(copy);
    }
}

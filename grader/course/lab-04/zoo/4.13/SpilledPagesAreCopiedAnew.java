// exercise: 4.13
// type: storagelab.btree.TreeChange
// verdict: caught
// because: a page of the change that was spilled is given up as if others had seen it, and gets another number
public final class TreeChange implements TreePages {
    @Override
    public int edit(int page) {
        if (pages.containsKey(page)) {
            return page;
        }
        byte[] copy = read(page).clone();
        replaced.add(new GivenUp(page, PageLayout.born(copy)));
        return take(copy);
    }
}

// exercise: 4.13
// type: storagelab.btree.PageReclaimer
// verdict: caught
// because: a page that nobody needs any more and that was not taken yet is in neither list, and a checkpoint loses it
public final class PageReclaimer {
    public synchronized List<Integer> waiting() {
        List<Integer> pages = new ArrayList<>();
        holders.values().forEach(holder -> holder.waiting.forEach(page -> pages.add(page.page)));
        return pages;
    }
}

// exercise: 4.13
// type: storagelab.btree.PageReclaimer
// verdict: caught
// because: the first of two readers of one version that leaves takes the pages from the other
public final class PageReclaimer {
    public synchronized void release(long version) {
        Holder holder = holders.remove(version);
        if (holder == null) {
            throw new IllegalStateException("version " + version + " is not held");
        }
        holder.waiting.forEach(this::settle);
    }
}

// exercise: 4.1
// type: storagelab.cache.LruPolicy
// verdict: caught
// because: victim takes the page out of the order at once; if it then cannot be written out and stays, nobody knows it
public final class LruPolicy {
    public int victim(IntPredicate evictable) {
        int slot = order.firstOf(ORDER, evictable);
        if (slot != NONE) {
            order.remove(slot);
        }
        return slot;
    }

    public void remove(int slot) {
        order.remove(slot);
    }
}

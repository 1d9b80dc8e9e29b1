// exercise: 4.1
// type: storagelab.cache.LruPolicy
// verdict: caught
// because: a touch that comes too late puts a slot into the order from which the page has gone
public final class LruPolicy {
    public void touch(int slot) {
        if (order.contains(slot)) {
            order.remove(slot);
        }
        order.addLast(ORDER, slot);
    }
}

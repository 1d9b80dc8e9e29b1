// exercise: 4.1
// type: storagelab.cache.LruPolicy
// verdict: caught
// because: if the page that was not used for the longest time may not go, nobody goes
public final class LruPolicy {
    public int victim(IntPredicate evictable) {
        int first = order.first(ORDER);
        return first != NONE && evictable.test(first) ? first : NONE;
    }
}

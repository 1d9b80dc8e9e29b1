// exercise: 4.1
// type: storagelab.cache.LruPolicy
// verdict: caught
// because: the order is a linked set of the library, which makes an object for every touch
// replace: type
import java.util.LinkedHashSet;
import java.util.Set;

public final class LruPolicy implements EvictionPolicy {
    private final Set<Integer> order = new LinkedHashSet<>();

    public LruPolicy(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a memory of " + capacity + " slots");
        }
    }

    public void admit(int slot, int page) {
        if (!order.add(slot)) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
    }

    public void touch(int slot) {
        if (order.remove(slot)) {
            order.add(slot);
        }
    }

    public int victim(IntPredicate evictable) {
        for (int slot : order) {
            if (evictable.test(slot)) {
                return slot;
            }
        }
        return NONE;
    }

    public void remove(int slot) {
        if (!order.remove(slot)) {
            throw new IllegalArgumentException("there is no page in slot " + slot);
        }
    }
}

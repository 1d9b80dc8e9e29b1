package storagelab.page;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import storagelab.cache.EvictionPolicy;

/** The page that was not used for the longest time goes. A test knows which one that is. */
final class LeastRecent implements EvictionPolicy {
    private final Set<Integer> slots = new LinkedHashSet<>();

    @Override
    public void admit(int slot, int page) {
        if (!slots.add(slot)) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
    }

    @Override
    public void touch(int slot) {
        if (slots.remove(slot)) {
            slots.add(slot);
        }
    }

    @Override
    public int victim(IntPredicate evictable) {
        return slots.stream().filter(evictable::test).findFirst().orElse(NONE);
    }

    @Override
    public void remove(int slot) {
        if (!slots.remove(slot)) {
            throw new IllegalArgumentException("there is no page in slot " + slot);
        }
    }
}

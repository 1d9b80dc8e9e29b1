package storagelab.cache.toy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntPredicate;
import storagelab.cache.EvictionPolicy;
import storagelab.course.Toy;

/**
 * Lets the page go that came first, whatever was used since. So the root of a tree goes as soon as the leaves have
 * filled the memory once, and is read again at once.
 *
 * <p>Cost: {@code remove} O(n).
 */
@Toy("use changes nothing; a removal looks through the queue")
public final class FifoPolicy implements EvictionPolicy {
    private final Deque<Integer> slots = new ArrayDeque<>();

    @Override
    public void admit(int slot, int page) {
        if (slots.contains(slot)) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
        slots.addLast(slot);
    }

    @Override
    public void touch(int slot) {
        // what came first goes first
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

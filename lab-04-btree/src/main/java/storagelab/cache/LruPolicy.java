package storagelab.cache;

import java.util.function.IntPredicate;
import storagelab.course.ExercisePart;

/**
 * Lets the page go that was not used for the longest time. The same idea as {@link LruCache}, for somebody who has the
 * pages already: a slot is a small number, and so its place in the order can be kept in arrays.
 *
 * <p>Example: three slots, {@code admit(0, 70)}, {@code admit(1, 71)}, {@code admit(2, 72)}, {@code touch(0)}. The
 * order is now 1, 2, 0, and {@code victim} is 1; if slot 1 is not evictable it is 2; {@code touch(1)} makes it 2 in any
 * case.
 *
 * <p>Cost: {@code admit}, {@code touch}, {@code remove} O(1); {@code victim} O(1 + the pages that it passes over since
 * they may not go). No method allocates.
 */
@ExercisePart("4.1")
public final class LruPolicy implements EvictionPolicy {
    /** The one list: whoever has to go first is first. */
    private static final int ORDER = 0;

    private final SlotLists order;

    /**
     * A policy for {@code capacity} slots, all of them empty.
     *
     * @throws IllegalArgumentException if {@code capacity} is less than 1
     */
    public LruPolicy(int capacity) {
        order = new SlotLists(capacity, 1);
    }

    @Override
    public void admit(int slot, int page) {
        order.requireEmpty(slot);
        order.addLast(ORDER, slot);
    }

    @Override
    public void touch(int slot) {
        if (order.contains(slot)) {
            order.remove(slot);
            order.addLast(ORDER, slot);
        }
    }

    @Override
    public int victim(IntPredicate evictable) {
        return order.firstOf(ORDER, evictable);
    }

    @Override
    public void remove(int slot) {
        order.requireTaken(slot);
        order.remove(slot);
    }
}

package storagelab.cache;

import java.util.function.IntPredicate;
import storagelab.course.Solution;

/**
 * Doubly linked lists of slots, all in two arrays: a slot is in one list at the most, so that it needs one link forward
 * and one back, and moving it allocates nothing.
 *
 * <p>Each list is a ring through a place of its own, its head, behind the places of the slots. So no link is ever
 * missing: the first slot comes after the head, and the head after the last. Three slots and one list, 2 and 0 being in
 * it:
 *
 * <pre>
 *   place      0     1     2     3 (head)
 *   next       3     1     0     2
 *   previous   2     1     3     0            head → 2 → 0 → head; slot 1 is in no list and links to itself
 * </pre>
 *
 * <p>Cost: O(1), but for {@link #firstOf}, which walks.
 */
@Solution
final class SlotLists {
    private final int slots;
    private final int[] next;
    private final int[] previous;

    /** {@code lists} lists for {@code slots} slots, none of which is in a list. */
    SlotLists(int slots, int lists) {
        if (slots < 1) {
            throw new IllegalArgumentException("a memory of " + slots + " slots");
        }
        this.slots = slots;
        next = new int[slots + lists];
        previous = new int[slots + lists];
        for (int place = 0; place < next.length; place++) {
            next[place] = place;
            previous[place] = place;
        }
    }

    /** Whether {@code slot} is in a list. */
    boolean contains(int slot) {
        return next[slot] != slot;
    }

    /** Whether {@code list} has no slots. */
    boolean isEmpty(int list) {
        return !contains(slots + list);
    }

    /** Puts {@code slot}, which is in no list, at the end of {@code list}. */
    void addLast(int list, int slot) {
        addAfter(previous[slots + list], slot);
    }

    /** Puts {@code slot}, which is in no list, at the beginning of {@code list}. */
    void addFirst(int list, int slot) {
        addAfter(slots + list, slot);
    }

    /** Puts all slots, none of which is in a list, at the end of {@code list}. */
    void addAll(int list) {
        for (int slot = 0; slot < slots; slot++) {
            addLast(list, slot);
        }
    }

    /** Puts {@code slot}, which is in no list, behind {@code place}, a slot that is in one. */
    void addAfter(int place, int slot) {
        int follower = next[place];
        next[place] = slot;
        previous[slot] = place;
        next[slot] = follower;
        previous[follower] = slot;
    }

    /** Takes {@code slot} out of its list. */
    void remove(int slot) {
        next[previous[slot]] = next[slot];
        previous[next[slot]] = previous[slot];
        next[slot] = slot;
        previous[slot] = slot;
    }

    /** The first slot of {@code list}; {@link EvictionPolicy#NONE} if it has none. */
    int first(int list) {
        return slotOrNone(next[slots + list]);
    }

    /** The slot behind {@code slot} in its list; {@link EvictionPolicy#NONE} if it is the last. */
    int after(int slot) {
        return slotOrNone(next[slot]);
    }

    /**
     * The first slot of {@code list} for which {@code wanted} says yes; {@link EvictionPolicy#NONE} if there is none.
     */
    int firstOf(int list, IntPredicate wanted) {
        int slot = first(list);
        while (slot != EvictionPolicy.NONE && !wanted.test(slot)) {
            slot = after(slot);
        }
        return slot;
    }

    /** Checks that {@code slot} is in no list, as a slot without a page. */
    void requireEmpty(int slot) {
        if (contains(slot)) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
    }

    /** Checks that {@code slot} is in a list, as a slot with a page. */
    void requireTaken(int slot) {
        if (!contains(slot)) {
            throw new IllegalArgumentException("there is no page in slot " + slot);
        }
    }

    private int slotOrNone(int place) {
        return place < slots ? place : EvictionPolicy.NONE;
    }
}

package storagelab.cache;

import java.util.function.IntPredicate;
import storagelab.course.ExercisePart;

/**
 * Lets the page go that was used least often since it came; of those that were used equally often, the one that was not
 * used for the longest time. Admitting is the first use, each touch another one.
 *
 * <p>Example: three slots, {@code admit(0, 70)}, {@code admit(1, 71)}, {@code admit(2, 72)}, then {@code touch} of 0,
 * 1, 0. Slot 2 was used once, slot 1 twice, slot 0 three times: {@code victim} is 2; if that may not go it is 1. After
 * {@code touch(2)} slots 1 and 2 have two uses each, and 1 was used longer ago: {@code victim} is 1.
 *
 * <p>What must not grow with the number of slots is the search for the smallest count. Keep the slots that have the
 * same count together, and these groups in the order of their counts: a touch moves a slot to the group behind its own,
 * which is the right one or has to be made.
 *
 * <p>Cost: {@code admit}, {@code touch}, {@code remove} O(1); {@code victim} O(1 + the pages that it passes over since
 * they may not go). No method allocates.
 */
@ExercisePart("4.2")
public final class LfuPolicy implements EvictionPolicy {
    private static final int IN_USE = 0;
    private static final int SPARE = 1;

    /** The groups: those with slots in the order of their counts, and those without. There are as many as slots. */
    private final SlotLists groups;

    private final long[] usesOfGroup;

    /** One list for each group, whoever was used longest ago first. */
    private final SlotLists slots;

    private final int[] groupOfSlot;

    /**
     * A policy for {@code capacity} slots, all of them empty.
     *
     * @throws IllegalArgumentException if {@code capacity} is less than 1
     */
    public LfuPolicy(int capacity) {
        groups = new SlotLists(capacity, 2);
        usesOfGroup = new long[capacity];
        slots = new SlotLists(capacity, capacity);
        groupOfSlot = new int[capacity];
        groups.addAll(SPARE);
    }

    @Override
    public void admit(int slot, int page) {
        slots.requireEmpty(slot);
        int group = groups.first(IN_USE);
        if (group == NONE || usesOfGroup[group] != 1) {
            group = takeSpare(1);
            groups.addFirst(IN_USE, group);
        }
        put(slot, group);
    }

    @Override
    public void touch(int slot) {
        if (!slots.contains(slot)) {
            return;
        }
        int group = groupOfSlot[slot];
        long uses = usesOfGroup[group] + 1;
        int target = groups.after(group);
        slots.remove(slot);
        if (target != NONE && usesOfGroup[target] == uses) {
            put(slot, target);
            giveBackIfEmpty(group);
        } else if (slots.isEmpty(group)) {
            usesOfGroup[group] = uses;
            put(slot, group);
        } else {
            target = takeSpare(uses);
            groups.addAfter(group, target);
            put(slot, target);
        }
    }

    @Override
    public int victim(IntPredicate evictable) {
        for (int group = groups.first(IN_USE); group != NONE; group = groups.after(group)) {
            int slot = slots.firstOf(group, evictable);
            if (slot != NONE) {
                return slot;
            }
        }
        return NONE;
    }

    @Override
    public void remove(int slot) {
        slots.requireTaken(slot);
        slots.remove(slot);
        giveBackIfEmpty(groupOfSlot[slot]);
    }

    private void put(int slot, int group) {
        slots.addLast(group, slot);
        groupOfSlot[slot] = group;
    }

    /** There is one: every group in use has a slot, and the slot for which this one is wanted is in none. */
    private int takeSpare(long uses) {
        int group = groups.first(SPARE);
        groups.remove(group);
        usesOfGroup[group] = uses;
        return group;
    }

    private void giveBackIfEmpty(int group) {
        if (slots.isEmpty(group)) {
            groups.remove(group);
            groups.addFirst(SPARE, group);
        }
    }
}

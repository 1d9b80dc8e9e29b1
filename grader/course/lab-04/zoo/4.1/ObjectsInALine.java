// exercise: 4.1
// type: storagelab.cache.LruPolicy
// verdict: accepted
// because: an object for each slot, made once, and two ends without a ring
// replace: type
import org.jspecify.annotations.Nullable;

public final class LruPolicy implements EvictionPolicy {
    private final Slot[] slots;
    private @Nullable Slot first;
    private @Nullable Slot last;

    private static final class Slot {
        final int number;
        boolean taken;
        @Nullable Slot before;
        @Nullable Slot behind;

        Slot(int number) {
            this.number = number;
        }
    }

    public LruPolicy(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a memory of " + capacity + " slots");
        }
        slots = new Slot[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Slot(i);
        }
    }

    public void admit(int slot, int page) {
        if (slots[slot].taken) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
        slots[slot].taken = true;
        append(slots[slot]);
    }

    public void touch(int slot) {
        if (slots[slot].taken) {
            unlink(slots[slot]);
            append(slots[slot]);
        }
    }

    public int victim(IntPredicate evictable) {
        for (Slot slot = first; slot != null; slot = slot.behind) {
            if (evictable.test(slot.number)) {
                return slot.number;
            }
        }
        return NONE;
    }

    public void remove(int slot) {
        if (!slots[slot].taken) {
            throw new IllegalArgumentException("there is no page in slot " + slot);
        }
        slots[slot].taken = false;
        unlink(slots[slot]);
    }

    private void append(Slot slot) {
        slot.before = last;
        slot.behind = null;
        if (last == null) {
            first = slot;
        } else {
            last.behind = slot;
        }
        last = slot;
    }

    private void unlink(Slot slot) {
        if (slot.before == null) {
            first = slot.behind;
        } else {
            slot.before.behind = slot.behind;
        }
        if (slot.behind == null) {
            last = slot.before;
        } else {
            slot.behind.before = slot.before;
        }
    }
}

// exercise: 4.3
// type: storagelab.cache.TwoQueuePolicy
// verdict: accepted
// because: an object for each slot, and a line of those who have gone in which those who came back are passed over
// replace: type
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

public final class TwoQueuePolicy implements EvictionPolicy {
    private final int capacity;
    private final Place[] places;
    private final Place recent = new Place(NONE);
    private final Place frequent = new Place(NONE);
    private int recentCount;
    private final Map<Integer, Long> ghosts = new HashMap<>();
    private final Deque<Map.Entry<Integer, Long>> wentInOrder = new ArrayDeque<>();
    private long goneCount;

    private static final class Place {
        final int slot;
        int page;
        boolean isTaken;
        boolean isRecent;
        Place before = this;
        Place behind = this;

        Place(int slot) {
            this.slot = slot;
        }

        void unlink() {
            before.behind = behind;
            behind.before = before;
        }

        void moveBefore(Place end) {
            before = end.before;
            behind = end;
            before.behind = this;
            end.before = this;
        }
    }

    public TwoQueuePolicy(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a memory of " + capacity + " slots");
        }
        this.capacity = capacity;
        places = new Place[capacity];
        for (int i = 0; i < capacity; i++) {
            places[i] = new Place(i);
        }
    }

    public void admit(int slot, int page) {
        Place place = places[slot];
        if (place.isTaken) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
        place.isTaken = true;
        place.page = page;
        place.isRecent = ghosts.remove(page) == null;
        recentCount += place.isRecent ? 1 : 0;
        place.moveBefore(place.isRecent ? recent : frequent);
    }

    public void touch(int slot) {
        Place place = places[slot];
        if (place.isTaken && !place.isRecent) {
            place.unlink();
            place.moveBefore(frequent);
        }
    }

    public int victim(IntPredicate evictable) {
        boolean recentFirst = recentCount > capacity / 4;
        int slot = firstOf(recentFirst ? recent : frequent, evictable);
        return slot != NONE ? slot : firstOf(recentFirst ? frequent : recent, evictable);
    }

    private static int firstOf(Place queue, IntPredicate evictable) {
        for (Place place = queue.behind; place != queue; place = place.behind) {
            if (evictable.test(place.slot)) {
                return place.slot;
            }
        }
        return NONE;
    }

    public void remove(int slot) {
        Place place = places[slot];
        if (!place.isTaken) {
            throw new IllegalArgumentException("there is no page in slot " + slot);
        }
        place.isTaken = false;
        place.unlink();
        if (place.isRecent) {
            recentCount--;
            ghosts.put(place.page, goneCount);
            wentInOrder.add(Map.entry(place.page, goneCount));
            goneCount++;
        }
        // Who has come back, and perhaps gone again, is in the line still, under another number.
        while (!wentInOrder.isEmpty()
                && (ghosts.size() > capacity / 2
                        || !wentInOrder.peek().getValue().equals(ghosts.get(wentInOrder.peek().getKey())))) {
            Map.Entry<Integer, Long> oldest = wentInOrder.remove();
            ghosts.remove(oldest.getKey(), oldest.getValue());
        }
    }
}

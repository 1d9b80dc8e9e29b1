package storagelab.grader.hidden.lab04;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import storagelab.cache.EvictionPolicy;

/** Eviction policies that write everything down and look at all of it: slow, and easy to believe. */
final class NaivePolicies {
    private NaivePolicies() {}

    static EvictionPolicy leastRecentlyUsed() {
        return new ByUse(Comparator.comparing(Use::last));
    }

    static EvictionPolicy leastFrequentlyUsed() {
        return new ByUse(Comparator.comparing(Use::count).thenComparing(Use::last));
    }

    static EvictionPolicy clock(int capacity) {
        return new Clock(capacity);
    }

    static EvictionPolicy twoQueues(int capacity) {
        return new TwoQueues(capacity);
    }

    /** How often a slot was used and when last. */
    private record Use(int slot, long count, long last) {}

    private static int first(List<Integer> slots, IntPredicate evictable) {
        return slots.stream().filter(evictable::test).findFirst().orElse(EvictionPolicy.NONE);
    }

    private static final class ByUse implements EvictionPolicy {
        private final SortedMap<Integer, Use> uses = new TreeMap<>();
        private final Comparator<Use> order;
        private long now;

        ByUse(Comparator<Use> order) {
            this.order = order;
        }

        @Override
        public void admit(int slot, int page) {
            uses.put(slot, new Use(slot, 1, ++now));
        }

        @Override
        public void touch(int slot) {
            uses.computeIfPresent(slot, (same, use) -> new Use(slot, use.count + 1, ++now));
        }

        @Override
        public int victim(IntPredicate evictable) {
            return first(uses.values().stream().sorted(order).map(Use::slot).toList(), evictable);
        }

        @Override
        public void remove(int slot) {
            requireNonNull(uses.remove(slot));
        }
    }

    private static final class Clock implements EvictionPolicy {
        private final int capacity;
        private final SortedMap<Integer, Boolean> marks = new TreeMap<>();
        private int hand;

        Clock(int capacity) {
            this.capacity = capacity;
        }

        @Override
        public void admit(int slot, int page) {
            marks.put(slot, false);
        }

        @Override
        public void touch(int slot) {
            marks.replace(slot, true);
        }

        @Override
        public int victim(IntPredicate evictable) {
            if (marks.keySet().stream().noneMatch(evictable::test)) {
                return NONE;
            }
            while (true) {
                int slot = hand;
                hand = (hand + 1) % capacity;
                if (marks.containsKey(slot) && evictable.test(slot) && !requireNonNull(marks.replace(slot, false))) {
                    return slot;
                }
            }
        }

        @Override
        public void remove(int slot) {
            requireNonNull(marks.remove(slot));
        }
    }

    private static final class TwoQueues implements EvictionPolicy {
        private final int capacity;
        private final List<Integer> recent = new ArrayList<>();
        private final List<Integer> frequent = new ArrayList<>();
        private final List<Integer> ghosts = new ArrayList<>();
        private final SortedMap<Integer, Integer> pages = new TreeMap<>();

        TwoQueues(int capacity) {
            this.capacity = capacity;
        }

        @Override
        public void admit(int slot, int page) {
            pages.put(slot, page);
            boolean wasGhost = ghosts.remove((Integer) page);
            (wasGhost ? frequent : recent).add(slot);
        }

        @Override
        public void touch(int slot) {
            if (frequent.remove((Integer) slot)) {
                frequent.add(slot);
            }
        }

        @Override
        public int victim(IntPredicate evictable) {
            boolean recentFirst = recent.size() > capacity / 4;
            List<Integer> order = new ArrayList<>(recentFirst ? recent : frequent);
            order.addAll(recentFirst ? frequent : recent);
            return first(order, evictable);
        }

        @Override
        public void remove(int slot) {
            int page = requireNonNull(pages.remove(slot));
            if (recent.remove((Integer) slot)) {
                ghosts.add(page);
            } else {
                frequent.remove((Integer) slot);
            }
            if (ghosts.size() > capacity / 2) {
                ghosts.remove(0);
            }
        }
    }
}

package storagelab.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Comparator;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The slots of a memory with everything there is to know about their use written down, and a victim found by looking at all
 * of them: slow, and easy to believe.
 */
final class StampModel {
    private final long[] lastUse;
    private final long[] uses;
    private final Comparator<Integer> order;
    private long now;

    private StampModel(int capacity, boolean byUses) {
        lastUse = new long[capacity];
        uses = new long[capacity];
        Comparator<Integer> byLastUse = Comparator.comparing(slot -> lastUse[slot]);
        order = byUses ? Comparator.<Integer, Long>comparing(slot -> uses[slot]).thenComparing(byLastUse) : byLastUse;
    }

    /** The slot that was used longest ago goes first. */
    static StampModel leastRecentlyUsed(int capacity) {
        return new StampModel(capacity, false);
    }

    /** The slot that was used least often goes first. */
    static StampModel leastFrequentlyUsed(int capacity) {
        return new StampModel(capacity, true);
    }

    /** Makes {@code count} random calls of {@code policy}, which is new, and compares the victims. */
    void compare(EvictionPolicy policy, Random random, int count) {
        StringBuilder history = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int slot = random.nextInt(uses.length);
            if (uses[slot] == 0) {
                history.append(" admit(").append(slot).append(')');
                policy.admit(slot, 100 + i);
                use(slot);
            } else if (random.nextInt(4) == 0) {
                history.append(" remove(").append(slot).append(')');
                policy.remove(slot);
                uses[slot] = 0;
            } else {
                history.append(" touch(").append(slot).append(')');
                policy.touch(slot);
                use(slot);
            }
            int pinned = random.nextInt(2 * uses.length);
            IntPredicate evictable = other -> other != pinned;
            assertThat(
                    "victim, if slot " + pinned + " may not go, after" + history,
                    policy.victim(evictable),
                    is(victim(evictable)));
        }
    }

    private void use(int slot) {
        uses[slot]++;
        lastUse[slot] = ++now;
    }

    private int victim(IntPredicate evictable) {
        return IntStream.range(0, uses.length)
                .filter(slot -> uses[slot] > 0)
                .filter(evictable)
                .boxed()
                .min(order)
                .orElse(EvictionPolicy.NONE);
    }
}

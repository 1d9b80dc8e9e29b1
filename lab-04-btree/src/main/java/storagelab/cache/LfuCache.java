package storagelab.cache;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * A map that holds a limited number of entries: when it is full and a new key comes, the entry that was used least
 * often goes; of those that were used equally often, the one that was not used for the longest time. Every {@code get}
 * of a key that is there and every {@code put} is a use. What has gone is forgotten: a key that comes back begins with
 * one use.
 *
 * <p>This is LeetCode 460. Example, with room for two:
 *
 * <table>
 *   <caption>Keys and how often each was used, after each call</caption>
 *   <tr><th>call</th><th>gives</th><th>in the cache, next to go first</th></tr>
 *   <tr><td>{@code put(1, "one")}</td><td></td><td>1: 1 use</td></tr>
 *   <tr><td>{@code put(2, "two")}</td><td></td><td>1: 1 use, 2: 1 use</td></tr>
 *   <tr><td>{@code get(1)}</td><td>one</td><td>2: 1 use, 1: 2 uses</td></tr>
 *   <tr><td>{@code put(3, "three")}</td><td></td><td>3: 1 use, 1: 2 uses; the entry of 2 has gone</td></tr>
 *   <tr><td>{@code get(2)}</td><td>null</td><td>as before</td></tr>
 *   <tr><td>{@code get(3)}</td><td>three</td><td>1: 2 uses, 3: 2 uses; 1 was used longer ago</td></tr>
 *   <tr><td>{@code put(4, "four")}</td><td></td><td>4: 1 use, 3: 2 uses; the entry of 1 has gone</td></tr>
 * </table>
 *
 * <p>You may build it on {@link LfuPolicy}: a cache is a number of slots, a hash map that says in which slot a key is,
 * and a policy that says which slot is the next to be emptied.
 *
 * <p>Cost: each call O(1), however many entries there are: on average one comparison of keys, and no walk over entries
 * or counts.
 *
 * <p>Concurrency: one thread.
 *
 * @param <K> the keys
 * @param <V> the values
 */
@Exercise(
        id = "4.2",
        title = "Least frequently used: a cache and a policy",
        points = 6,
        difficulty = Difficulty.MEDIUM,
        hours = 3)
public final class LfuCache<K, V> {
    private final int capacity;
    private final LfuPolicy policy;
    private final Map<K, Integer> slots = new HashMap<>();
    private final Entry<K, V>[] entries;

    private record Entry<K, V>(K key, V value) {}

    /**
     * A cache without entries.
     *
     * @param capacity how many entries it holds at the most
     * @throws IllegalArgumentException if {@code capacity} is less than 1, with the number in the message
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
    public LfuCache(int capacity) {
        policy = new LfuPolicy(capacity);
        this.capacity = capacity;
        entries = new Entry[capacity];
    }

    /** The value of {@code key}, which was now used once more; null, and no change, if it is not here. */
    public @Nullable V get(K key) {
        Integer slot = slots.get(key);
        if (slot == null) {
            return null;
        }
        policy.touch(slot);
        return entries[slot].value;
    }

    /** Gives {@code key} the value {@code value}, which is a use of it; a new key may drive out another one. */
    public void put(K key, V value) {
        Integer present = slots.get(key);
        if (present != null) {
            entries[present] = new Entry<>(key, value);
            policy.touch(present);
            return;
        }
        int slot = slots.size();
        if (slot == capacity) {
            slot = policy.victim(any -> true);
            policy.remove(slot);
            slots.remove(entries[slot].key);
        }
        policy.admit(slot, slot);
        slots.put(key, slot);
        entries[slot] = new Entry<>(key, value);
    }

    /** Number of entries. */
    public int size() {
        return slots.size();
    }
}

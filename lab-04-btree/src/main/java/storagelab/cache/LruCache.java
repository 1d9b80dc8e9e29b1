package storagelab.cache;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * A map that holds a limited number of entries: when it is full and a new key comes, the entry that was not used for
 * the longest time goes. {@code get} of a key that is there and {@code put} are uses.
 *
 * <p>This is LeetCode 146. Example, with room for two:
 *
 * <table>
 *   <caption>What is in the cache after each call, least recently used first</caption>
 *   <tr><th>call</th><th>gives</th><th>in the cache</th></tr>
 *   <tr><td>{@code put(1, "one")}</td><td></td><td>1</td></tr>
 *   <tr><td>{@code put(2, "two")}</td><td></td><td>1, 2</td></tr>
 *   <tr><td>{@code get(1)}</td><td>one</td><td>2, 1</td></tr>
 *   <tr><td>{@code put(3, "three")}</td><td></td><td>1, 3: the entry of 2 has gone</td></tr>
 *   <tr><td>{@code get(2)}</td><td>null</td><td>1, 3</td></tr>
 *   <tr><td>{@code put(1, "uno")}</td><td></td><td>3, 1: a new value, and nothing has gone</td></tr>
 *   <tr><td>{@code put(4, "four")}</td><td></td><td>1, 4: the entry of 3 has gone</td></tr>
 * </table>
 *
 * <p>The order must change on every {@code get}, wherever in it the entry is. A list that is linked in both directions
 * can do that by a few links, if one is at the right node already; and a hash map finds the node.
 *
 * <p>Cost: each call O(1), however many entries there are: on average one comparison of keys, and no walk over entries.
 *
 * <p>Concurrency: one thread.
 *
 * @param <K> the keys
 * @param <V> the values
 */
@Exercise(
        id = "4.1",
        title = "Least recently used: a cache and a policy",
        points = 4,
        difficulty = Difficulty.EASY,
        hours = 2)
public final class LruCache<K, V> {
    private final int capacity;
    private final Map<K, Node<K, V>> nodes = new HashMap<>();

    /** Where the ring of nodes is closed: {@code ring.newer} is the oldest node, {@code ring.older} the newest. */
    private final Link<K, V> ring = new Link<>();

    /** A place in a ring, at first in a ring of its own. */
    private static class Link<K, V> {
        private Link<K, V> older = this;
        private Link<K, V> newer = this;
    }

    private static final class Node<K, V> extends Link<K, V> {
        private final K key;
        private V value;

        Node(K key, V value) {
            this.key = key;
            this.value = value;
        }
    }

    /**
     * A cache without entries.
     *
     * @param capacity how many entries it holds at the most
     * @throws IllegalArgumentException if {@code capacity} is less than 1, with the number in the message
     */
    public LruCache(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a cache of " + capacity + " entries");
        }
        this.capacity = capacity;
    }

    /** The value of {@code key}, which is now the most recently used; null, and no change, if it is not here. */
    public @Nullable V get(K key) {
        Node<K, V> node = nodes.get(key);
        if (node == null) {
            return null;
        }
        unlink(node);
        linkAsNewest(node);
        return node.value;
    }

    /**
     * Gives {@code key} the value {@code value}, which makes it the most recently used; a new key may drive out the
     * least.
     */
    public void put(K key, V value) {
        Node<K, V> present = nodes.get(key);
        if (present != null) {
            present.value = value;
            unlink(present);
            linkAsNewest(present);
            return;
        }
        if (nodes.size() == capacity) {
            Node<K, V> oldest = (Node<K, V>) ring.newer;
            unlink(oldest);
            nodes.remove(oldest.key);
        }
        Node<K, V> added = new Node<>(key, value);
        linkAsNewest(added);
        nodes.put(key, added);
    }

    /** Number of entries. */
    public int size() {
        return nodes.size();
    }

    private static <K, V> void unlink(Link<K, V> node) {
        node.older.newer = node.newer;
        node.newer.older = node.older;
    }

    private void linkAsNewest(Link<K, V> node) {
        node.older = ring.older;
        node.newer = ring;
        node.older.newer = node;
        ring.older = node;
    }
}

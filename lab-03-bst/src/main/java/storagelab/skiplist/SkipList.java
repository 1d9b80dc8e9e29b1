package storagelab.skiplist;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.AbstractIterator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.tree.OrderedMap;

/**
 * A sorted linked list with express lanes. Every node is on level 0. A coin decides how many levels above it a node is on,
 * too: from each level one node in four goes on to the next. A search begins on the highest level, walks right as long as
 * the next key is less than the one it looks for, and goes down a level where it is not.
 *
 * <p>Example: six keys, of which 20 and 40 reach level 1, and 40 level 2. {@code get(50)} compares with 40 on level 2 and
 * walks there; nothing is to the right of it on levels 2 and 1; on level 0 it compares with 50.
 *
 * <pre>
 *   level 2   ●────────────────────────▶ 40
 *   level 1   ●──────────▶ 20 ─────────▶ 40
 *   level 0   ●───▶ 10 ──▶ 20 ───▶ 30 ─▶ 40 ───▶ 50 ──▶ 60        nodesPerLevel() = [6, 2, 1]
 * </pre>
 *
 * <p>Nothing is ever moved for balance, and no order of the input is a bad one: the coin does not know the keys.
 *
 * <p>The coin: a new node goes up another level while {@code coin.nextInt(4) == 0}, up to {@link #MAX_LEVELS} levels in all.
 * Level i then has n/4<sup>i</sup> of n nodes on average, and all levels together 4/3 links a node. Replacing a value
 * throws no coin. Two lists with equally seeded coins and the same calls are the same on every level.
 *
 * <p>Cost, on average over the coin: a search compares 4·log₄ n + 3 keys at the most, so do {@code put} and {@code delete}.
 * (Look back along the way: 4 steps a level, of which one goes up.) A walk of {@link #entries} takes O(1) a step.
 *
 * <p>Concurrency: one thread.
 *
 * @param <K> the keys
 * @param <V> the values
 */
@Exercise(id = "3.5", title = "A skip list", points = 10, difficulty = Difficulty.MEDIUM, hours = 3)
public final class SkipList<K, V> implements OrderedMap<K, V> {
    /** Levels of the highest tower: enough for 4¹² = 16 million entries. */
    public static final int MAX_LEVELS = 12;

    private final Comparator<? super K> comparator;
    private final RandomGenerator coin;

    /** Where every level begins; it has no key. Its links from {@code levels} on lead nowhere. */
    private Tower<K, V> head = new Tower<>(MAX_LEVELS);

    private int levels;
    private int size;

    /** A node's links, one for each level that it is on. */
    private static class Tower<K, V> {
        final @Nullable Node<K, V>[] next;

        @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
        Tower(int height) {
            next = new Node[height];
        }
    }

    private static final class Node<K, V> extends Tower<K, V> {
        private final K key;
        private V value;

        Node(K key, V value, int height) {
            super(height);
            this.key = key;
            this.value = value;
        }
    }

    /**
     * A list without entries.
     *
     * @param comparator the order of the keys
     * @param coin decides how high each node goes
     */
    public SkipList(Comparator<? super K> comparator, RandomGenerator coin) {
        this.comparator = comparator;
        this.coin = coin;
    }

    @Override
    public Comparator<? super K> comparator() {
        return comparator;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable V get(K key) {
        Node<K, V> node = equalOrNull(towersBefore(key)[0].next[0], key);
        return node == null ? null : node.value;
    }

    @Override
    public @Nullable V put(K key, V value) {
        requireNonNull(value);
        Tower<K, V>[] before = towersBefore(key);
        Node<K, V> present = equalOrNull(before[0].next[0], key);
        if (present != null) {
            V replaced = present.value;
            present.value = value;
            return replaced;
        }
        Node<K, V> added = new Node<>(key, value, randomHeight());
        for (int level = 0; level < added.next.length; level++) {
            added.next[level] = before[level].next[level];
            before[level].next[level] = added;
        }
        levels = Math.max(levels, added.next.length);
        size++;
        return null;
    }

    @Override
    public @Nullable V delete(K key) {
        Tower<K, V>[] before = towersBefore(key);
        Node<K, V> removed = equalOrNull(before[0].next[0], key);
        if (removed == null) {
            return null;
        }
        for (int level = 0; level < removed.next.length; level++) {
            before[level].next[level] = removed.next[level];
        }
        while (levels > 0 && head.next[levels - 1] == null) {
            levels--;
        }
        size--;
        return removed.value;
    }

    @Override
    public void clear() {
        head = new Tower<>(MAX_LEVELS);
        levels = 0;
        size = 0;
    }

    @Override
    public Map.@Nullable Entry<K, V> first() {
        return entry(head.next[0]);
    }

    @Override
    public Map.@Nullable Entry<K, V> last() {
        Tower<K, V> tower = head;
        for (int level = levels - 1; level >= 0; level--) {
            for (Node<K, V> next = tower.next[level]; next != null; next = next.next[level]) {
                tower = next;
            }
        }
        return entry(tower);
    }

    @Override
    public Map.@Nullable Entry<K, V> floor(K key) {
        Tower<K, V> before = towersBefore(key)[0];
        Node<K, V> equal = equalOrNull(before.next[0], key);
        return entry(equal != null ? equal : before);
    }

    @Override
    public Map.@Nullable Entry<K, V> ceiling(K key) {
        return entry(towersBefore(key)[0].next[0]);
    }

    @Override
    public Map.@Nullable Entry<K, V> lower(K key) {
        return entry(towersBefore(key)[0]);
    }

    @Override
    public Map.@Nullable Entry<K, V> higher(K key) {
        Node<K, V> notBefore = towersBefore(key)[0].next[0];
        Node<K, V> equal = equalOrNull(notBefore, key);
        return entry(equal != null ? equal.next[0] : notBefore);
    }

    /** Every entry, in ascending order of the keys. Must not be used any more once the list has changed. */
    public Iterator<Map.Entry<K, V>> entries() {
        return new AbstractIterator<>() {
            private Tower<K, V> tower = head;

            @Override
            protected Map.@Nullable Entry<K, V> computeNext() {
                Node<K, V> next = tower.next[0];
                if (next == null) {
                    return endOfData();
                }
                tower = next;
                return entry(next);
            }
        };
    }

    /** How many nodes are on each level, from level 0 up to the highest that has any; without entries, no levels. */
    public int[] nodesPerLevel() {
        int[] counts = new int[levels];
        for (int level = 0; level < levels; level++) {
            for (Node<K, V> node = head.next[level]; node != null; node = node.next[level]) {
                counts[level]++;
            }
        }
        return counts;
    }

    /**
     * Proves that this is a skip list: keys ascend strictly on level 0, which has {@link #size} nodes, and every level above
     * leads through the nodes that are on it, in the same order, and through no others.
     *
     * @throws AssertionError that names the level, and the keys or numbers that are wrong
     */
    public void verify() {
        Tower<K, V>[] last = newTowers();
        Arrays.fill(last, head);
        int count = 0;
        for (Node<K, V> node = head.next[0]; node != null; node = node.next[0]) {
            if (last[0] instanceof Node<K, V> previous && comparator.compare(previous.key, node.key) >= 0) {
                throw new AssertionError("level 0: " + node.key + " comes after " + previous.key);
            }
            for (int level = 0; level < node.next.length; level++) {
                if (last[level].next[level] != node) {
                    throw new AssertionError("level " + level + " does not lead to " + node.key);
                }
                last[level] = node;
            }
            count++;
        }
        for (int level = 0; level < MAX_LEVELS; level++) {
            if (last[level].next[level] != null) {
                throw new AssertionError("level " + level + " leads to a node that is not on level 0");
            }
        }
        if (count != size) {
            throw new AssertionError("level 0 has " + count + " nodes instead of " + size);
        }
    }

    /** The last tower on every level whose key is less than {@code key}; the head where there is none. */
    private Tower<K, V>[] towersBefore(K key) {
        requireNonNull(key);
        Tower<K, V>[] before = newTowers();
        Arrays.fill(before, levels, MAX_LEVELS, head);
        // Invariant: tower is before key, and notBefore, where the walk on the level above has ended, is not.
        Tower<K, V> tower = head;
        Node<K, V> notBefore = null;
        for (int level = levels - 1; level >= 0; level--) {
            Node<K, V> next = tower.next[level];
            while (next != null && next != notBefore && comparator.compare(next.key, key) < 0) {
                tower = next;
                next = next.next[level];
            }
            before[level] = tower;
            notBefore = next;
        }
        return before;
    }

    private int randomHeight() {
        int height = 1;
        while (height < MAX_LEVELS && coin.nextInt(4) == 0) {
            height++;
        }
        return height;
    }

    /** {@code node} if its key is {@code key}. */
    private @Nullable Node<K, V> equalOrNull(@Nullable Node<K, V> node, K key) {
        return node != null && comparator.compare(node.key, key) == 0 ? node : null;
    }

    /** The entry of a node; null for the head, and for no node. */
    private static <K, V> Map.@Nullable Entry<K, V> entry(@Nullable Tower<K, V> tower) {
        return tower instanceof Node<K, V> node ? Map.entry(node.key, node.value) : null;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
    private static <K, V> Tower<K, V>[] newTowers() {
        return new Tower[MAX_LEVELS];
    }
}

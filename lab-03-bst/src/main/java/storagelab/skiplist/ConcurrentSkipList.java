package storagelab.skiplist;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.AbstractIterator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * A {@link SkipList} for many threads at once, readers and writers, without a lock. What makes that simple: an entry never
 * goes and never changes. (A store needs no more of it. Its keys carry sequence numbers, so that a new value is a new entry
 * and a deletion another, and it drops a memtable as a whole.)
 *
 * <p>How an entry gets in: its tower is built first, its links set to where they will lead. Then it is linked on level
 * 0 by one compare-and-set of the link to its left (the links of a node can be an {@code AtomicReferenceArray}), and
 * from this moment it is in the list; then on the levels above, from the bottom up. A compare-and-set that fails says
 * that another thread has put an entry at the same place. The right place is then a little further right: look again
 * from the same neighbour, set the new entry's own link again, try again.
 *
 * <p>Example: the list is 10, 40. Two threads put 20 and 30. Both find the link 10 → 40 and prepare 20 → 40 and 30 → 40. The
 * second makes 10 → 30 of it. The first expects 40 and finds 30: its compare-and-set fails, and 30 is not lost. It looks
 * again from 10, stops before 30, and makes 20 → 30 and 10 → 20. With a plain assignment the list would be 10, 20, 40.
 *
 * <p>Two threads that put the same new key: the one whose compare-and-set fails finds the key when it looks again, and has
 * lost; it returns the other's value.
 *
 * <p>Heights: as in {@link SkipList}, one node in four goes up another level. Throw with {@link ThreadLocalRandom}, which
 * threads do not fight for.
 *
 * <p>Cost: a search compares 4·log₄ n + 3 keys at the most, on average over the coin. Without other writers, {@code
 * putIfAbsent} compares at most twice more for each level that the new entry is on.
 *
 * <p>Errors: a null key or value is a {@link NullPointerException}.
 *
 * <p>Concurrency: safe for many threads. {@code putIfAbsent}, {@code get} and the six methods that look for a neighbour are
 * linearizable: each takes effect at one moment between its call and its return. No thread ever waits for another; one
 * that is stopped half-way holds up nobody.
 *
 * @param <K> the keys
 * @param <V> the values
 */
@Exercise(
        id = "3.6",
        title = "A skip list for many writers, without a lock",
        points = 16,
        difficulty = Difficulty.HARD,
        hours = 5)
public final class ConcurrentSkipList<K, V> {
    /** Levels of the highest tower: enough for 4¹² = 16 million entries. */
    public static final int MAX_LEVELS = 12;

    private final Comparator<? super K> comparator;

    /** Where every level begins; it has no key. */
    private final Tower<K, V> head = new Tower<>(MAX_LEVELS);

    private final AtomicInteger size = new AtomicInteger();

    /** A node's links, one for each level. What a link leads to only ever comes nearer: nodes come and do not go. */
    private static class Tower<K, V> {
        final AtomicReferenceArray<@Nullable Node<K, V>> next;

        Tower(int height) {
            next = new AtomicReferenceArray<>(height);
        }
    }

    private static final class Node<K, V> extends Tower<K, V> {
        private final K key;
        private final V value;

        Node(K key, V value, int height) {
            super(height);
            this.key = key;
            this.value = value;
        }
    }

    /** A list without entries whose keys are ordered by {@code comparator}. */
    public ConcurrentSkipList(Comparator<? super K> comparator) {
        this.comparator = comparator;
    }

    /** The order of the keys. */
    public Comparator<? super K> comparator() {
        return comparator;
    }

    /** Number of entries. May lag behind while others put: an entry is counted once it is in the list. */
    public int size() {
        return size.get();
    }

    /** The value of {@code key}; null if the key is not there. */
    public @Nullable V get(K key) {
        Node<K, V> node = equalOrNull(notBefore(key, newTowers()), key);
        return node == null ? null : node.value;
    }

    /**
     * Puts {@code value} under {@code key} and returns null; if the key has a value, returns that and changes nothing. Of
     * several threads that put one new key at the same time, one gets null.
     */
    public @Nullable V putIfAbsent(K key, V value) {
        requireNonNull(value);
        Tower<K, V>[] before = newTowers();
        Node<K, V> present = equalOrNull(notBefore(key, before), key);
        if (present != null) {
            return present.value;
        }
        Node<K, V> added = new Node<>(key, value, randomHeight());
        for (int level = 0; level < added.next.length(); level++) {
            present = link(added, level, before[level]);
            if (present != null) {
                return present.value; // on level 0, where nobody has seen the new node yet
            }
        }
        size.incrementAndGet();
        return null;
    }

    /** The entry with the smallest key; null if there are no entries. */
    public Map.@Nullable Entry<K, V> first() {
        return entry(head.next.get(0));
    }

    /** The entry with the greatest key; null if there are no entries. */
    public Map.@Nullable Entry<K, V> last() {
        Tower<K, V> tower = head;
        for (int level = MAX_LEVELS - 1; level >= 0; level--) {
            for (Node<K, V> next = tower.next.get(level); next != null; next = next.next.get(level)) {
                tower = next;
            }
        }
        return entry(tower);
    }

    /** The entry with the greatest key that is less than or equal to {@code key}; null if there is none. */
    public Map.@Nullable Entry<K, V> floor(K key) {
        Tower<K, V>[] before = newTowers();
        Node<K, V> equal = equalOrNull(notBefore(key, before), key);
        return entry(equal != null ? equal : before[0]);
    }

    /** The entry with the smallest key that is greater than or equal to {@code key}; null if there is none. */
    public Map.@Nullable Entry<K, V> ceiling(K key) {
        return entry(notBefore(key, newTowers()));
    }

    /** The entry with the greatest key that is less than {@code key}; null if there is none. */
    public Map.@Nullable Entry<K, V> lower(K key) {
        Tower<K, V>[] before = newTowers();
        notBefore(key, before);
        return entry(before[0]);
    }

    /** The entry with the smallest key that is greater than {@code key}; null if there is none. */
    public Map.@Nullable Entry<K, V> higher(K key) {
        Node<K, V> notBefore = notBefore(key, newTowers());
        Node<K, V> equal = equalOrNull(notBefore, key);
        return entry(equal != null ? equal.next.get(0) : notBefore);
    }

    /**
     * The entries in ascending order of the keys, each once. It may be used while others put: it gives every entry that was
     * there when it was made, and of those that come later the ones that it has not passed.
     */
    public Iterator<Map.Entry<K, V>> entries() {
        return new AbstractIterator<>() {
            private Tower<K, V> tower = head;

            @Override
            protected Map.@Nullable Entry<K, V> computeNext() {
                Node<K, V> next = tower.next.get(0);
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
        int[] counts = new int[MAX_LEVELS];
        int levels = 0;
        for (; levels < MAX_LEVELS && head.next.get(levels) != null; levels++) {
            for (Node<K, V> node = head.next.get(levels); node != null; node = node.next.get(levels)) {
                counts[levels]++;
            }
        }
        return Arrays.copyOf(counts, levels);
    }

    /**
     * Finds the place of a key: the last tower on every level that is before it goes into {@code before}; what follows on
     * level 0 is returned. The two were neighbours at one moment during the call, which is when a search takes effect.
     */
    private @Nullable Node<K, V> notBefore(K key, Tower<K, V>[] before) {
        requireNonNull(key);
        // Invariant: tower is before key, and notBefore, where the walk on the level above has ended, is not.
        Tower<K, V> tower = head;
        Node<K, V> notBefore = null;
        for (int level = MAX_LEVELS - 1; level >= 0; level--) {
            Node<K, V> next = tower.next.get(level);
            while (next != null && next != notBefore && comparator.compare(next.key, key) < 0) {
                tower = next;
                next = next.next.get(level);
            }
            before[level] = tower;
            notBefore = next;
        }
        return notBefore;
    }

    /**
     * Links {@code added} on {@code level}, somewhere to the right of {@code start}.
     *
     * @return null; or the node that has the key already, and then nothing has changed
     */
    private @Nullable Node<K, V> link(Node<K, V> added, int level, Tower<K, V> start) {
        Tower<K, V> left = start;
        while (true) {
            Node<K, V> right = left.next.get(level);
            int order = right == null ? 1 : comparator.compare(right.key, added.key);
            if (order == 0) {
                return right;
            }
            if (right != null && order < 0) {
                left = right;
            } else {
                added.next.set(level, right);
                if (left.next.compareAndSet(level, right, added)) {
                    return null;
                }
            }
        }
    }

    private static int randomHeight() {
        int height = 1;
        while (height < MAX_LEVELS && ThreadLocalRandom.current().nextInt(4) == 0) {
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

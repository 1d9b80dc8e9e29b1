// exercise: 3.5
// type: storagelab.skiplist.SkipList
// replace: type
// verdict: accepted
// because: every level has nodes of its own, each with a link to the right and one down, as in the first drawings
import java.util.ArrayList;
import java.util.List;

public final class SkipList<K, V> implements OrderedMap<K, V> {
    public static final int MAX_LEVELS = 12;

    private final Comparator<? super K> comparator;
    private final RandomGenerator coin;
    private List<Node<K, V>> heads = new ArrayList<>();
    private int size;

    private static final class Node<K, V> {
        private final @Nullable K key;
        private @Nullable V value;
        private @Nullable Node<K, V> right;
        private final @Nullable Node<K, V> down;

        Node(@Nullable K key, @Nullable V value, @Nullable Node<K, V> down) {
            this.key = key;
            this.value = value;
            this.down = down;
        }
    }

    public SkipList(Comparator<? super K> comparator, RandomGenerator coin) {
        this.comparator = comparator;
        this.coin = coin;
        clear();
    }

    public Comparator<? super K> comparator() {
        return comparator;
    }

    public int size() {
        return size;
    }

    public @Nullable V get(K key) {
        Node<K, V> node = equal(before(key), key);
        return node == null ? null : node.value;
    }

    public @Nullable V put(K key, V value) {
        requireNonNull(value);
        List<Node<K, V>> before = before(key);
        Node<K, V> present = equal(before, key);
        if (present != null) {
            V replaced = present.value;
            present.value = value;
            return replaced;
        }
        Node<K, V> below = null;
        int level = 0;
        do {
            if (level == heads.size()) {
                heads.add(new Node<>(null, null, heads.get(level - 1)));
            }
            Node<K, V> left = level < before.size() ? before.get(level) : heads.get(level);
            Node<K, V> added = new Node<>(key, value, below);
            added.right = left.right;
            left.right = added;
            below = added;
            level++;
        } while (level < MAX_LEVELS && coin.nextInt(4) == 0);
        size++;
        return null;
    }

    public @Nullable V delete(K key) {
        List<Node<K, V>> before = before(key);
        Node<K, V> present = equal(before, key);
        if (present == null) {
            return null;
        }
        for (Node<K, V> left : before) {
            if (left.right != null && comparator.compare(left.right.key, key) == 0) {
                left.right = left.right.right;
            }
        }
        while (heads.size() > 1 && heads.get(heads.size() - 1).right == null) {
            heads.remove(heads.size() - 1);
        }
        size--;
        return present.value;
    }

    public void clear() {
        heads = new ArrayList<>();
        heads.add(new Node<>(null, null, null));
        size = 0;
    }

    public Map.@Nullable Entry<K, V> first() {
        return entry(heads.get(0).right);
    }

    public Map.@Nullable Entry<K, V> last() {
        Node<K, V> node = heads.get(heads.size() - 1);
        while (node.right != null || node.down != null) {
            node = node.right != null ? node.right : node.down;
        }
        return entry(node);
    }

    public Map.@Nullable Entry<K, V> floor(K key) {
        List<Node<K, V>> before = before(key);
        Node<K, V> equal = equal(before, key);
        return entry(equal != null ? equal : before.get(0));
    }

    public Map.@Nullable Entry<K, V> ceiling(K key) {
        return entry(before(key).get(0).right);
    }

    public Map.@Nullable Entry<K, V> lower(K key) {
        return entry(before(key).get(0));
    }

    public Map.@Nullable Entry<K, V> higher(K key) {
        List<Node<K, V>> before = before(key);
        Node<K, V> equal = equal(before, key);
        return entry(equal != null ? equal.right : before.get(0).right);
    }

    public Iterator<Map.Entry<K, V>> entries() {
        List<Map.Entry<K, V>> entries = new ArrayList<>();
        for (Node<K, V> node = heads.get(0).right; node != null; node = node.right) {
            entries.add(entry(node));
        }
        return entries.iterator();
    }

    public int[] nodesPerLevel() {
        return size == 0
                ? new int[0]
                : heads.stream().mapToInt(SkipList::nodes).toArray();
    }

    public void verify() {
        for (Node<K, V> head : heads) {
            for (Node<K, V> node = head.right; node != null && node.right != null; node = node.right) {
                if (comparator.compare(node.key, node.right.key) >= 0) {
                    throw new AssertionError(node.right.key + " comes after " + node.key);
                }
            }
        }
        if (nodes(heads.get(0)) != size) {
            throw new AssertionError(nodes(heads.get(0)) + " nodes instead of " + size);
        }
    }

    private static int nodes(Node<?, ?> head) {
        int count = 0;
        for (Node<?, ?> node = head.right; node != null; node = node.right) {
            count++;
        }
        return count;
    }

    private List<Node<K, V>> before(K key) {
        requireNonNull(key);
        List<Node<K, V>> before = new ArrayList<>();
        for (Node<K, V> node = heads.get(heads.size() - 1); node != null; node = node.down) {
            while (node.right != null && comparator.compare(node.right.key, key) < 0) {
                node = node.right;
            }
            before.add(0, node);
        }
        return before;
    }

    private @Nullable Node<K, V> equal(List<Node<K, V>> before, K key) {
        Node<K, V> node = before.get(0).right;
        return node != null && comparator.compare(node.key, key) == 0 ? node : null;
    }

    private static <K, V> Map.@Nullable Entry<K, V> entry(@Nullable Node<K, V> node) {
        return node == null || node.key == null ? null : Map.entry(node.key, node.value);
    }
}

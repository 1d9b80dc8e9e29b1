package storagelab.tree;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ForwardingNavigableMap;
import com.google.common.collect.Iterators;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An {@link OrderedMap} as a {@link NavigableMap}, with everything that belongs to one: views of parts, the descending
 * view, key sets. Writes go through to the map.
 *
 * <p>Cost: as that of the map. A step of an iterator is a search for the next key, O(log n), and in return goes on
 * whatever has changed in the map meanwhile. {@code size} of a part counts its entries.
 *
 * <p>Errors: null keys and values are a {@link NullPointerException}; a {@code put} outside a part is an {@link
 * IllegalArgumentException}.
 *
 * <p>Concurrency: as that of the map.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class NavigableMapView<K, V> extends AbstractMap<K, V> implements NavigableMap<K, V> {
    private final OrderedMap<K, V> map;
    private final @Nullable End<K> low;
    private final @Nullable End<K> high;

    /** Where a part ends, and whether that key itself is in it. */
    private record End<K>(K key, boolean inclusive) {}

    /** A view of all of {@code map}. */
    public NavigableMapView(OrderedMap<K, V> map) {
        this(map, null, null);
    }

    private NavigableMapView(OrderedMap<K, V> map, @Nullable End<K> low, @Nullable End<K> high) {
        this.map = map;
        this.low = low;
        this.high = high;
    }

    // ---- one key

    @Override
    public @Nullable V get(Object key) {
        K typed = typed(key);
        return contains(typed) ? map.get(typed) : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public @Nullable V put(K key, V value) {
        if (!contains(requireNonNull(key))) {
            throw new IllegalArgumentException("key " + key + " is not in this part of the map");
        }
        return map.put(key, value);
    }

    @Override
    public @Nullable V remove(Object key) {
        K typed = typed(key);
        return contains(typed) ? map.delete(typed) : null;
    }

    @Override
    public int size() {
        return isWhole() ? map.size() : Iterators.size(entrySet().iterator());
    }

    @Override
    public boolean isEmpty() {
        return firstEntry() == null;
    }

    @Override
    public void clear() {
        if (isWhole()) {
            map.clear();
        } else {
            super.clear();
        }
    }

    @Override
    public @Nullable Comparator<? super K> comparator() {
        // As a sorted map says it: null stands for the natural order.
        return map.comparator() == Comparator.naturalOrder() ? null : map.comparator();
    }

    // ---- neighbours

    @Override
    public Map.@Nullable Entry<K, V> firstEntry() {
        if (low == null) {
            return unlessTooHigh(map.first());
        }
        return unlessTooHigh(low.inclusive ? map.ceiling(low.key) : map.higher(low.key));
    }

    @Override
    public Map.@Nullable Entry<K, V> lastEntry() {
        if (high == null) {
            return unlessTooLow(map.last());
        }
        return unlessTooLow(high.inclusive ? map.floor(high.key) : map.lower(high.key));
    }

    @Override
    public Map.@Nullable Entry<K, V> floorEntry(K key) {
        return isTooHigh(requireNonNull(key)) ? lastEntry() : unlessTooLow(map.floor(key));
    }

    @Override
    public Map.@Nullable Entry<K, V> lowerEntry(K key) {
        return isTooHigh(requireNonNull(key)) ? lastEntry() : unlessTooLow(map.lower(key));
    }

    @Override
    public Map.@Nullable Entry<K, V> ceilingEntry(K key) {
        return isTooLow(requireNonNull(key)) ? firstEntry() : unlessTooHigh(map.ceiling(key));
    }

    @Override
    public Map.@Nullable Entry<K, V> higherEntry(K key) {
        return isTooLow(requireNonNull(key)) ? firstEntry() : unlessTooHigh(map.higher(key));
    }

    @Override
    public @Nullable K floorKey(K key) {
        return keyOf(floorEntry(key));
    }

    @Override
    public @Nullable K lowerKey(K key) {
        return keyOf(lowerEntry(key));
    }

    @Override
    public @Nullable K ceilingKey(K key) {
        return keyOf(ceilingEntry(key));
    }

    @Override
    public @Nullable K higherKey(K key) {
        return keyOf(higherEntry(key));
    }

    @Override
    public K firstKey() {
        return keyOrThrow(firstEntry());
    }

    @Override
    public K lastKey() {
        return keyOrThrow(lastEntry());
    }

    @Override
    public Map.@Nullable Entry<K, V> pollFirstEntry() {
        return poll(firstEntry());
    }

    @Override
    public Map.@Nullable Entry<K, V> pollLastEntry() {
        return poll(lastEntry());
    }

    // ---- views

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new Entries();
    }

    @Override
    public NavigableSet<K> keySet() {
        return navigableKeySet();
    }

    @Override
    public NavigableSet<K> navigableKeySet() {
        return new ReadyMadeViews().keys();
    }

    @Override
    public NavigableSet<K> descendingKeySet() {
        return descendingMap().navigableKeySet();
    }

    @Override
    public NavigableMap<K, V> descendingMap() {
        return new ReadyMadeViews().descending();
    }

    @Override
    public NavigableMap<K, V> subMap(K fromKey, boolean fromInclusive, K toKey, boolean toInclusive) {
        if (map.comparator().compare(fromKey, toKey) > 0) {
            throw new IllegalArgumentException("a part from " + fromKey + " down to " + toKey);
        }
        return part(end(fromKey, fromInclusive), end(toKey, toInclusive));
    }

    @Override
    public NavigableMap<K, V> headMap(K toKey, boolean inclusive) {
        return part(low, end(toKey, inclusive));
    }

    @Override
    public NavigableMap<K, V> tailMap(K fromKey, boolean inclusive) {
        return part(end(fromKey, inclusive), high);
    }

    @Override
    public SortedMap<K, V> subMap(K fromKey, K toKey) {
        return subMap(fromKey, true, toKey, false);
    }

    @Override
    public SortedMap<K, V> headMap(K toKey) {
        return headMap(toKey, false);
    }

    @Override
    public SortedMap<K, V> tailMap(K fromKey) {
        return tailMap(fromKey, true);
    }

    /** What Guava derives from any navigable map. */
    private final class ReadyMadeViews extends ForwardingNavigableMap<K, V> {
        @Override
        protected NavigableMap<K, V> delegate() {
            return NavigableMapView.this;
        }

        NavigableSet<K> keys() {
            return new StandardNavigableKeySet();
        }

        NavigableMap<K, V> descending() {
            return new StandardDescendingMap() {
                @Override
                protected Iterator<Entry<K, V>> entryIterator() {
                    return descendingWalk();
                }
            };
        }
    }

    private final class Entries extends AbstractSet<Entry<K, V>> {
        @Override
        public Iterator<Entry<K, V>> iterator() {
            return ascendingWalk();
        }

        @Override
        public int size() {
            return NavigableMapView.this.size();
        }

        @Override
        public boolean isEmpty() {
            return NavigableMapView.this.isEmpty();
        }

        @Override
        public boolean contains(@Nullable Object object) {
            return object instanceof Entry<?, ?> entry
                    && entry.getKey() != null
                    && Objects.equals(get(entry.getKey()), entry.getValue());
        }

        @Override
        public boolean remove(@Nullable Object object) {
            return contains(object)
                    && NavigableMapView.this.remove(((Entry<?, ?>) requireNonNull(object)).getKey()) != null;
        }
    }

    /** Goes from entry to entry; what it returns writes through. */
    private final class Walk implements Iterator<Entry<K, V>> {
        private final UnaryOperator<Map.@Nullable Entry<K, V>> step;
        private Map.@Nullable Entry<K, V> next;
        private Map.@Nullable Entry<K, V> returned;

        Walk(Map.@Nullable Entry<K, V> start, UnaryOperator<Map.@Nullable Entry<K, V>> step) {
            this.next = start;
            this.step = step;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Entry<K, V> next() {
            Entry<K, V> entry = next;
            if (entry == null) {
                throw new NoSuchElementException();
            }
            returned = entry;
            next = step.apply(entry);
            return new SimpleEntry<>(entry) {
                private static final long serialVersionUID = 1L;

                @Override
                public V setValue(V value) {
                    map.put(getKey(), value);
                    return super.setValue(value);
                }
            };
        }

        @Override
        public void remove() {
            if (returned == null) {
                throw new IllegalStateException("nothing to remove: next() was not called since");
            }
            map.delete(returned.getKey());
            returned = null;
        }
    }

    private Iterator<Entry<K, V>> ascendingWalk() {
        return new Walk(firstEntry(), last -> higherEntry(last.getKey()));
    }

    private Iterator<Entry<K, V>> descendingWalk() {
        return new Walk(lastEntry(), last -> lowerEntry(last.getKey()));
    }

    // ---- ends

    private boolean isWhole() {
        return low == null && high == null;
    }

    private boolean contains(K key) {
        return !isTooLow(key) && !isTooHigh(key);
    }

    private boolean isTooLow(K key) {
        return low != null && map.comparator().compare(key, low.key) < (low.inclusive ? 0 : 1);
    }

    private boolean isTooHigh(K key) {
        return high != null && map.comparator().compare(key, high.key) > (high.inclusive ? 0 : -1);
    }

    private Map.@Nullable Entry<K, V> unlessTooLow(Map.@Nullable Entry<K, V> entry) {
        return entry == null || isTooLow(entry.getKey()) ? null : entry;
    }

    private Map.@Nullable Entry<K, V> unlessTooHigh(Map.@Nullable Entry<K, V> entry) {
        return entry == null || isTooHigh(entry.getKey()) ? null : entry;
    }

    /** An end of a part of this part: inside it, or at a key where it ends itself and which it does not have either. */
    private End<K> end(K key, boolean inclusive) {
        requireNonNull(key);
        boolean isOwnEnd = isEndOf(low, key) || isEndOf(high, key);
        if (!contains(key) && (inclusive || !isOwnEnd)) {
            throw new IllegalArgumentException("key " + key + " is not in this part of the map");
        }
        return new End<>(key, inclusive);
    }

    private boolean isEndOf(@Nullable End<K> end, K key) {
        return end != null && map.comparator().compare(key, end.key) == 0;
    }

    private NavigableMap<K, V> part(@Nullable End<K> from, @Nullable End<K> to) {
        return new NavigableMapView<>(map, from, to);
    }

    private Map.@Nullable Entry<K, V> poll(Map.@Nullable Entry<K, V> entry) {
        if (entry != null) {
            map.delete(entry.getKey());
        }
        return entry;
    }

    @SuppressWarnings(
            "unchecked") // as every sorted map: a key of another type is a ClassCastException of the comparator
    private K typed(Object key) {
        return (K) requireNonNull(key);
    }

    private static <K> @Nullable K keyOf(Map.@Nullable Entry<K, ?> entry) {
        return entry == null ? null : entry.getKey();
    }

    private static <K> K keyOrThrow(Map.@Nullable Entry<K, ?> entry) {
        if (entry == null) {
            throw new NoSuchElementException("the map has no entries");
        }
        return entry.getKey();
    }
}

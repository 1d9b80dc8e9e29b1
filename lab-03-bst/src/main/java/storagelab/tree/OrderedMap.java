package storagelab.tree;

import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every ordered structure of this lab can do, tree or skip list: a key has one value, and from any key one can ask
 * for the nearest below and above.
 *
 * <p>The comparator alone decides which keys are the same. Neither keys nor values may be null: every method that is
 * handed one throws {@link NullPointerException}. The entries that come back are copies: they stay as they are when the
 * map changes.
 *
 * <p>Example, with the entries {@code 2=b, 4=d, 6=f}: {@code floor(4)} is {@code 4=d} and {@code lower(4)} is {@code 2=b};
 * {@code floor(5)} and {@code lower(5)} are both {@code 4=d}; {@code ceiling(7)} is null.
 *
 * <p>{@link NavigableMapView} makes a {@link java.util.NavigableMap} of it.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public interface OrderedMap<K, V> {
    /** The order of the keys. */
    Comparator<? super K> comparator();

    /** Number of entries. */
    int size();

    /** The value of {@code key}; null if the key is not there. */
    @Nullable
    V get(K key);

    /**
     * Stores {@code value} under {@code key} and returns the value that was there before; null if there was none. If an equal
     * key is there it may stay or be replaced by {@code key}: to the comparator they are the same.
     */
    @Nullable
    V put(K key, V value);

    /** Removes {@code key} and returns its value; null if the key was not there, and then nothing changes. */
    @Nullable
    V delete(K key);

    /** Removes every entry. */
    void clear();

    /** The entry with the smallest key; null if there are no entries. */
    Map.@Nullable Entry<K, V> first();

    /** The entry with the greatest key; null if there are no entries. */
    Map.@Nullable Entry<K, V> last();

    /** The entry with the greatest key that is less than or equal to {@code key}; null if there is none. */
    Map.@Nullable Entry<K, V> floor(K key);

    /** The entry with the smallest key that is greater than or equal to {@code key}; null if there is none. */
    Map.@Nullable Entry<K, V> ceiling(K key);

    /** The entry with the greatest key that is less than {@code key}; null if there is none. */
    Map.@Nullable Entry<K, V> lower(K key);

    /** The entry with the smallest key that is greater than {@code key}; null if there is none. */
    Map.@Nullable Entry<K, V> higher(K key);
}

package storagelab.testkit;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * A read-only list that counts how many elements it was asked for, by whatever way: index, iterator, stream.
 *
 * <p>Concurrency: one thread.
 *
 * @param <T> the elements
 */
public final class CountingList<T> extends AbstractList<T> implements RandomAccess {
    private final List<T> elements;
    private long probes;

    /** Counts the probes of {@code elements}. */
    public CountingList(List<T> elements) {
        this.elements = List.copyOf(elements);
    }

    @Override
    public T get(int index) {
        probes++;
        return elements.get(index);
    }

    @Override
    public int size() {
        return elements.size();
    }

    /** How many elements were asked for since the last {@link #reset}. */
    public long probes() {
        return probes;
    }

    /** Begins to count at 0 again. */
    public void reset() {
        probes = 0;
    }
}

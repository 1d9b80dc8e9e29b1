package storagelab.bloom;

import java.util.List;
import storagelab.api.Slice;

/**
 * Makes filters of keys, and asks them. A filter may say that it has a key that it does not have, and never that it
 * does not have one that it has.
 *
 * <p>Concurrency: implementations are immutable.
 */
public interface FilterPolicy {
    /** Stands beside each filter in a file. A filter is only asked by the policy of the name that made it. */
    String name();

    /** A filter that has {@code keys}, in any order, some perhaps more than once. */
    Slice create(List<Slice> keys);

    /**
     * False if {@code filter} does not have {@code key}. Any bytes may be asked; those that were never a filter say
     * what they like.
     */
    boolean mayContain(Slice filter, Slice key);
}

package storagelab.api;

import java.util.ArrayList;
import java.util.List;

/**
 * What a store knows about a key: its value, or that it was deleted. A deletion is written down like a value, because
 * older files may still hold the key: it is the <em>tombstone</em> that hides them.
 *
 * @param key the key
 * @param value its value, empty for a tombstone
 * @param tombstone whether the key was deleted
 */
public record Entry(Slice key, Slice value, boolean tombstone) {
    /** Checks that a tombstone has no value. */
    public Entry {
        if (tombstone && !value.isEmpty()) {
            throw new IllegalArgumentException("the tombstone of " + key + " has the value " + value);
        }
    }

    /** The entry that says that {@code key} has {@code value}. */
    public static Entry value(Slice key, Slice value) {
        return new Entry(key, value, false);
    }

    /** The entry that says that {@code key} was deleted. */
    public static Entry tombstone(Slice key) {
        return new Entry(key, Slice.EMPTY, true);
    }

    /** The entries that the operations of {@code batch} write, in their order. */
    public static List<Entry> of(WriteBatch batch) {
        List<Entry> entries = new ArrayList<>();
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                entries.add(value(put.key(), put.value()));
            } else {
                entries.add(tombstone(operation.key()));
            }
        }
        return entries;
    }
}

package storagelab.sortedlog;

import java.util.function.Supplier;

/**
 * The parts of a {@link SortedLogStore} that later labs exchange for their own.
 *
 * @param memtables makes an empty memtable whenever a store needs one
 * @param obsoleteTables decides what becomes of merged tables; of one store only
 */
public record StoreParts(Supplier<? extends Memtable> memtables, ObsoleteTables obsoleteTables) {
    /** The parts of lab 1. */
    public static StoreParts defaults() {
        return new StoreParts(MapMemtable::new, ObsoleteTables.REMOVED_AT_ONCE);
    }
}

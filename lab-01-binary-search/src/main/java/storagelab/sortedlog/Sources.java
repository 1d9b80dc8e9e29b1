package storagelab.sortedlog;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Where the entries of a store are, in the order in which a get has to look: what is newer hides what is older.
 *
 * <p>Concurrency: a record that is replaced as a whole; only the active memtable changes, as {@link Memtable} says. Tables
 * are open as long as the store keeps them, see {@link SortedLogStore#look}.
 *
 * @param active the memtable that takes the writes
 * @param frozen full memtables that are being written out, the newest first
 * @param tables tables, the newest first
 */
public record Sources(Memtable active, List<FrozenMemtable> frozen, List<SortedTable> tables) {
    /** Copies the lists. */
    public Sources {
        frozen = List.copyOf(frozen);
        tables = List.copyOf(tables);
    }

    /** The active memtable has become {@code full}, and {@code empty} takes its place. */
    Sources withFrozen(FrozenMemtable full, Memtable empty) {
        return new Sources(
                empty,
                ImmutableList.<FrozenMemtable>builder().add(full).addAll(frozen).build(),
                tables);
    }

    /** The oldest frozen memtable has become {@code table}. */
    Sources withFlushed(SortedTable table) {
        return new Sources(
                active,
                frozen.subList(0, frozen.size() - 1),
                ImmutableList.<SortedTable>builder().add(table).addAll(tables).build());
    }

    /** The tables are {@code merged} now. */
    Sources withTables(List<SortedTable> merged) {
        return new Sources(active, frozen, merged);
    }

    /** Memory that the entries take which are not in a table. */
    long memtableBytes() {
        return active.sizeBytes()
                + frozen.stream().mapToLong(full -> full.memtable().sizeBytes()).sum();
    }

    /** Size of all table files. */
    long tableBytes() {
        return tables.stream().mapToLong(table -> table.info().sizeBytes()).sum();
    }
}

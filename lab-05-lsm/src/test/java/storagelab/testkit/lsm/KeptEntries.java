package storagelab.testkit.lsm;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import storagelab.api.Slice;
import storagelab.compaction.MergeOutput;
import storagelab.manifest.FileMetadata;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalKeyOrder;

/** What a merge keeps, in memory: tables that are maps. An entry takes the bytes of its internal key and its value. */
public final class KeptEntries implements MergeOutput {
    private final List<NavigableMap<Slice, Slice>> tables = new ArrayList<>();
    private final List<FileMetadata> files = new ArrayList<>();
    private NavigableMap<Slice, Slice> table = none();
    private long number;
    private long bytes;

    /** An output without tables, the first of which will have the number {@code firstNumber}. */
    public KeptEntries(long firstNumber) {
        this.number = firstNumber;
    }

    /** No entries, in the order of internal keys. */
    public static NavigableMap<Slice, Slice> none() {
        return new TreeMap<>(InternalKeyOrder.ORDER);
    }

    /** The tables that have been ended. */
    public List<NavigableMap<Slice, Slice>> tables() {
        return tables;
    }

    /** The entries of each table in words, as {@code a@9 b@8†}. */
    public List<String> describe() {
        return tables.stream().map(KeptEntries::describe).toList();
    }

    /** The entries of a table in words. */
    public static String describe(NavigableMap<Slice, Slice> table) {
        return String.join(
                " ", table.keySet().stream().map(InternalKey::toString).toList());
    }

    @Override
    public void add(Slice internalKey, Slice value) {
        if (!table.isEmpty() && InternalKeyOrder.ORDER.compare(table.lastKey(), internalKey) >= 0) {
            throw new AssertionError(InternalKey.toString(internalKey) + " was added to a table behind "
                    + InternalKey.toString(table.lastKey()));
        }
        table.put(internalKey, value);
        bytes += internalKey.length() + value.length();
    }

    @Override
    public long sizeBytes() {
        return bytes;
    }

    @Override
    public void cut() {
        if (!table.isEmpty()) {
            files.add(new FileMetadata(number, bytes, table.firstKey(), table.lastKey()));
            tables.add(table);
            number++;
            bytes = 0;
            table = none();
        }
    }

    @Override
    public List<FileMetadata> finish() {
        cut();
        return List.copyOf(files);
    }
}

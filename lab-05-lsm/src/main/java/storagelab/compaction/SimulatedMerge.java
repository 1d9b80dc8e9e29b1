package storagelab.compaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.codec.ByteWriter;
import storagelab.manifest.FileMetadata;
import storagelab.sstable.InternalKey;

/**
 * A merge of tables that have a size and bounds and nothing else. Keys are numbers from 0 to 2^40, and a table has its
 * bytes evenly between its bounds. Where tables overlap, the result has the bytes of all of them, and it is cut when
 * it has enough.
 *
 * <p>Example: two tables of 6 bytes, one with the keys 0 to 5, one with 3 to 8, cut at 4 bytes. Up to key 2 there is
 * one byte a key, from 3 to 5 two, then one again: 0 to 3 with 5 bytes, since key 3 has two; 4 to 5 with 4; 6 to 8
 * with 3. As in {@link CompactionJob}, a table also ends where it has come to overlap too much of the level below.
 *
 * <p>Concurrency: one thread.
 */
final class SimulatedMerge {
    private static final long KEYS = 1L << 40;

    private static final double BELOW_MAX = CompactionJob.GRANDPARENTS_MAX; // tables

    private final double tableBytes;
    private final List<Part> parts = new ArrayList<>();
    private long from; // of the part that is being filled
    private double bytes; // in it
    private double belowBytes; // that it overlaps, in tables of the level below that end before here

    private SimulatedMerge(double tableBytes) {
        this.tableBytes = tableBytes;
    }

    /**
     * A table of the result.
     *
     * @param from its first key
     * @param to its last key
     * @param bytes in it
     */
    record Part(long from, long to, long bytes) {
        FileMetadata table(long number) {
            return new FileMetadata(number, bytes, key(from), key(to));
        }
    }

    /** A table with keys from the whole range. */
    static FileMetadata everywhere(long number, long bytes) {
        return new Part(0, KEYS - 1, bytes).table(number);
    }

    /**
     * What {@code tables} become, cut at {@code tableBytes}. The bytes are as many as before.
     *
     * @param below tables of the level below the output, if they are one run
     */
    static List<Part> of(List<FileMetadata> tables, List<FileMetadata> below, long tableBytes) {
        TreeMap<Long, Double> changes = new TreeMap<>(); // of bytes a key, where they change
        for (FileMetadata table : tables) {
            long first = number(table.smallest());
            long behind = number(table.largest()) + 1;
            double bytesPerKey = (double) table.sizeBytes() / (behind - first);
            changes.merge(first, bytesPerKey, Double::sum);
            changes.merge(behind, -bytesPerKey, Double::sum);
        }
        Map<Long, Long> belowEnds = new HashMap<>(); // bytes of the table that ends before a key
        for (FileMetadata table : below) {
            long behind = number(table.largest()) + 1;
            if (behind > changes.firstKey() && behind < changes.lastKey()) {
                belowEnds.merge(behind, table.sizeBytes(), Long::sum);
                changes.merge(behind, 0.0, Double::sum);
            }
        }
        SimulatedMerge merge = new SimulatedMerge(tableBytes);
        merge.from = changes.firstKey();
        double bytesPerKey = 0;
        long last = merge.from;
        for (Map.Entry<Long, Double> change : changes.entrySet()) {
            long key = change.getKey();
            merge.fill(last, key, bytesPerKey);
            merge.pass(key, belowEnds.getOrDefault(key, 0L));
            bytesPerKey += change.getValue();
            last = key;
        }
        return merge.finish(
                last, tables.stream().mapToLong(FileMetadata::sizeBytes).sum());
    }

    /** Goes from one key up to another, with so many bytes a key, and cuts where a table is full. */
    private void fill(long start, long end, double bytesPerKey) {
        long at = start;
        while (bytes + bytesPerKey * (end - at) >= tableBytes) {
            long cut = Math.min(end, at + Math.max(1, (long) Math.ceil((tableBytes - bytes) / bytesPerKey)));
            bytes += bytesPerKey * (cut - at);
            cut(cut);
            at = cut;
        }
        bytes += bytesPerKey * (end - at);
    }

    /** Goes past the end of tables of the level below, and cuts if these have been enough. */
    private void pass(long key, long ended) {
        belowBytes += bytes > 0 ? ended : 0;
        if (belowBytes > BELOW_MAX * tableBytes) {
            cut(key);
        }
    }

    private void cut(long before) {
        parts.add(new Part(from, before - 1, Math.round(bytes)));
        from = before;
        bytes = 0;
        belowBytes = 0;
    }

    /** The parts; the last one takes what was lost or won by rounding. */
    private List<Part> finish(long end, long bytesBefore) {
        if (from < end) {
            cut(end);
        }
        Part last = parts.remove(parts.size() - 1);
        long others = parts.stream().mapToLong(Part::bytes).sum();
        parts.add(new Part(last.from, last.to, Math.max(0, bytesBefore - others)));
        return parts;
    }

    private static Slice key(long number) {
        return InternalKey.of(
                new ByteWriter(Long.BYTES).putFixed64(Long.reverseBytes(number)).toSlice(), 1, ValueKind.VALUE);
    }

    private static long number(Slice internalKey) {
        return InternalKey.userKey(internalKey).wordAt(0);
    }
}

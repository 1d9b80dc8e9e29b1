package storagelab.grader.bench.lab02;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.cursor.ListCursor;

/** Sorted sources for merges, with keys of 16 bytes, and what a merge of them has to show. */
final class MergeSources {
    private static final int VALUE_BYTES = 8;
    private static final Slice PREFIX = Slice.utf8("account:");

    private final List<List<Entry>> newestFirst = new ArrayList<>();

    private MergeSources(int sources) {
        for (int i = 0; i < sources; i++) {
            newestFirst.add(new ArrayList<>());
        }
    }

    /** The keys 0 to {@code keys} − 1, each in one source, drawn at random. */
    static MergeSources disjoint(int sources, int keys, Random random) {
        MergeSources result = new MergeSources(sources);
        for (int i = 0; i < keys; i++) {
            result.add(random.nextInt(sources), i, random, false);
        }
        return result;
    }

    /**
     * The keys 0 to {@code keys} − 1, one in four of which an older source has, too, and one in ten of which a newer
     * source has deleted.
     */
    static MergeSources overlapping(int sources, int keys, Random random) {
        MergeSources result = new MergeSources(sources);
        for (int i = 0; i < keys; i++) {
            int first = random.nextInt(sources);
            boolean deleted = random.nextInt(10) == 0;
            result.add(first, i, random, deleted);
            if (first + 1 < sources && (deleted || random.nextInt(4) == 0)) {
                result.add(first + 1 + random.nextInt(sources - first - 1), i, random, false);
            }
        }
        return result;
    }

    /** The entries of each source. */
    List<List<Entry>> newestFirst() {
        return Collections.unmodifiableList(newestFirst);
    }

    /** A fresh cursor over each source. */
    List<ListCursor> cursors() {
        return newestFirst.stream().map(ListCursor::new).toList();
    }

    /** What a merge has to show, in order. */
    List<Entry> merged() {
        Map<Slice, Entry> merged = new TreeMap<>();
        for (List<Entry> source : newestFirst) {
            source.forEach(entry -> merged.putIfAbsent(entry.key(), entry));
        }
        merged.values().removeIf(Entry::tombstone);
        return List.copyOf(merged.values());
    }

    /** {@code "account:"} and eight digits. */
    static Slice key(int number) {
        byte[] bytes = new byte[PREFIX.length() + 8];
        PREFIX.copyTo(bytes, 0);
        int rest = number;
        for (int i = bytes.length - 1; i >= PREFIX.length(); i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return Slice.wrap(bytes);
    }

    /** Key and value as one number. */
    static long digest(Slice key, Slice value) {
        return 31L * key.byteAt(key.length() - 1) + value.byteAt(0) + 257L * value.byteAt(value.length() - 1);
    }

    private void add(int source, int number, Random random, boolean deleted) {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        Slice key = key(number);
        newestFirst.get(source).add(deleted ? Entry.tombstone(key) : Entry.value(key, Slice.wrap(value)));
    }
}

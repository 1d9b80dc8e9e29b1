package storagelab.grader.hidden.lab02;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.cursor.MergingCursor;

/** A merge whose comparisons and movements of sources are counted. */
final class MergeCosts {
    private final List<WatchedSource> sources = new ArrayList<>();
    private final MergingCursor cursor;
    private long comparisons;
    private long comparisonsBefore;
    private long stepsBefore;
    private long seeksBefore;

    MergeCosts(List<List<Entry>> newestFirst) {
        newestFirst.forEach(source -> sources.add(new WatchedSource(source)));
        Comparator<Slice> counting = (one, other) -> {
            comparisons++;
            return one.compareTo(other);
        };
        cursor = new MergingCursor(sources, counting);
    }

    MergingCursor cursor() {
        return cursor;
    }

    /** Counts from here. */
    void reset() {
        comparisonsBefore = comparisons;
        stepsBefore = allSteps();
        seeksBefore = allSeeks();
    }

    /** Comparisons since the reset. */
    long comparisons() {
        return comparisons - comparisonsBefore;
    }

    /** How often a source was moved by one entry since the reset. */
    long steps() {
        return allSteps() - stepsBefore;
    }

    /** How often a source was sought in since the reset. */
    long seeks() {
        return allSeeks() - seeksBefore;
    }

    /** ⌈log₂ k⌉ + 1: the most comparisons of a step. */
    static long limitOfAStep(int sources) {
        int log = 0;
        while (1 << log < sources) {
            log++;
        }
        return log + 1;
    }

    /** What a merge of the sources has to show. */
    static List<Entry> newest(List<List<Entry>> newestFirst) {
        Map<Slice, Entry> newest = new TreeMap<>();
        for (List<Entry> source : newestFirst) {
            source.forEach(entry -> newest.putIfAbsent(entry.key(), entry));
        }
        newest.values().removeIf(Entry::tombstone);
        return List.copyOf(newest.values());
    }

    private long allSteps() {
        return sources.stream().mapToLong(WatchedSource::steps).sum();
    }

    private long allSeeks() {
        return sources.stream().mapToLong(WatchedSource::seeks).sum();
    }
}

package storagelab.grader.bench.lab02;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.cursor.MergingCursor;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;

/** How often a merge compares keys, counted by the order it is given. */
public final class MergeCosts implements CostProbe {
    private static final int KEYS = 20_000;
    private static final int TURNS = 500;

    private long comparisons;

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        return List.of(
                Cost.atMost("key comparisons an entry, 8 sources", perEntry(8, random), 4),
                Cost.atMost("key comparisons an entry, 9 sources", perEntry(9, random), 5),
                Cost.atMost("key comparisons a change of direction, 8 sources", perTurn(random), 8 * 4));
    }

    private double perEntry(int sourceCount, Random random) {
        MergeSources sources = MergeSources.overlapping(sourceCount, KEYS, random);
        long entries = sources.newestFirst().stream().mapToLong(List::size).sum();
        List<Slice> expected = sources.merged().stream().map(Entry::key).toList();
        List<Slice> met = new ArrayList<>();
        try (MergingCursor merge = counting(sources)) {
            for (merge.seekToFirst(); merge.isValid(); merge.next()) {
                met.add(merge.key());
            }
        }
        if (!met.equals(expected)) {
            throw new WrongAnswerException("a merge of " + sourceCount + " sources shows " + met.size()
                    + " keys, which are not the " + expected.size() + " that are there");
        }
        return (double) comparisons / entries;
    }

    private double perTurn(Random random) {
        MergeSources sources = MergeSources.disjoint(8, KEYS, random);
        try (MergingCursor merge = counting(sources)) {
            long total = 0;
            for (int i = 0; i < TURNS; i++) {
                Slice key = MergeSources.key(1 + random.nextInt(KEYS - 1));
                merge.seek(key);
                comparisons = 0;
                merge.prev();
                total += comparisons;
                merge.next();
                if (!merge.isValid() || !merge.key().equals(key)) {
                    throw new WrongAnswerException("seek(" + key + "), prev and next do not lead back");
                }
            }
            return (double) total / TURNS;
        }
    }

    private MergingCursor counting(MergeSources sources) {
        comparisons = 0;
        Comparator<Slice> order = (one, other) -> {
            comparisons++;
            return one.compareTo(other);
        };
        return new MergingCursor(sources.cursors(), order);
    }
}

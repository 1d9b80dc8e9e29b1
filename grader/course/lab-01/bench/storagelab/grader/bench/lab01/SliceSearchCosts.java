package storagelab.grader.bench.lab01;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.search.BinarySearch;

/** The most keys that a binary search of a list looks at. */
public final class SliceSearchCosts implements CostProbe {
    private static final int LENGTH = 10_000;

    @Override
    public List<Cost> count(long seed) {
        long most = 0;
        for (int i = 0; i < LENGTH; i += 7) {
            most = Math.max(most, Math.max(probes(Keys.present(i), i), probes(Keys.absent(i), -1)));
        }
        int limit = Integer.SIZE - Integer.numberOfLeadingZeros(LENGTH);
        return List.of(Cost.atMost("keys looked at, of 10,000", (double) most, limit));
    }

    private static long probes(Slice key, int right) {
        Counting counting = new Counting();
        int found = BinarySearch.indexOf(counting, key);
        if (found != right) {
            throw new WrongAnswerException("indexOf(10,000 keys, " + key + ") gave " + found + " and not " + right);
        }
        return counting.probes;
    }

    /** The keys 0, 1, 2 … that counts how often it is asked. */
    private static final class Counting extends AbstractList<Slice> implements RandomAccess {
        private long probes;

        @Override
        public Slice get(int index) {
            probes++;
            return Keys.present(index);
        }

        @Override
        public int size() {
            return LENGTH;
        }
    }
}

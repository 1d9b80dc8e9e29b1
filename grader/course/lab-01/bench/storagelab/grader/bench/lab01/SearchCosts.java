package storagelab.grader.bench.lab01;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.search.BinarySearch;
import storagelab.search.IntSequence;

/** The most elements that a binary search of integers looks at, for sequences of several lengths. */
public final class SearchCosts implements CostProbe {
    private static final int[] LENGTHS = {1_000, 1_000_000, Integer.MAX_VALUE};
    private static final int SEARCHES = 200;

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        List<Cost> costs = new ArrayList<>();
        for (int length : LENGTHS) {
            long most = 0;
            for (int i = 0; i < SEARCHES; i++) {
                most = Math.max(most, probes(length, random.nextInt(length)));
            }
            most = Math.max(most, Math.max(probes(length, -1), probes(length, length)));
            int limit = Integer.SIZE - Integer.numberOfLeadingZeros(length);
            costs.add(Cost.atMost(
                    String.format(Locale.ROOT, "elements looked at, of %,d", length), (double) most, limit));
        }
        return costs;
    }

    private static long probes(int length, int target) {
        Counting counting = new Counting(length);
        int found;
        try {
            found = BinarySearch.indexOf(counting, target);
        } catch (TooManyProbesException gaveUp) {
            return counting.probes;
        }
        int right = target >= 0 && target < length ? target : -1;
        if (found != right) {
            throw new WrongAnswerException(String.format(
                    Locale.ROOT, "indexOf(the numbers 0 to %,d, %,d) gave %d", length - 1, target, found));
        }
        return counting.probes;
    }

    /** Ends a search that is no binary search; nobody has the time to count to the end. */
    private static final class TooManyProbesException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The numbers 0, 1, 2 … that counts how often it is asked. */
    private static final class Counting implements IntSequence {
        private static final long ENOUGH = 100_000;

        private final int length;
        private long probes;

        Counting(int length) {
            this.length = length;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public int get(int index) {
            if (index < 0 || index >= length) {
                throw new WrongAnswerException("element " + index + " of " + length + " was looked at");
            }
            if (++probes > ENOUGH) {
                throw new TooManyProbesException();
            }
            return index;
        }
    }
}

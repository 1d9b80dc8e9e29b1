package storagelab.grader.bench.lab02;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntPredicate;
import storagelab.bounds.Bounds;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;

/** The most questions that a search for a partition point asks, for several lengths. */
public final class BoundsCosts implements CostProbe {
    private static final int[] LENGTHS = {1_000, 1_000_000, Integer.MAX_VALUE};
    private static final int SEARCHES = 200;

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        List<Cost> costs = new ArrayList<>();
        for (int length : LENGTHS) {
            long most = Math.max(questions(length, 0), questions(length, length));
            for (int i = 0; i < SEARCHES; i++) {
                most = Math.max(most, questions(length, random.nextInt(length)));
            }
            int limit = Integer.SIZE - Integer.numberOfLeadingZeros(length);
            costs.add(Cost.atMost(String.format(Locale.ROOT, "questions, of %,d", length), (double) most, limit));
        }
        return costs;
    }

    private static long questions(int length, int point) {
        Counting isBefore = new Counting(length, point);
        int found;
        try {
            found = Bounds.partitionPoint(length, isBefore);
        } catch (TooManyQuestionsException gaveUp) {
            return isBefore.asked;
        }
        if (found != point) {
            throw new WrongAnswerException(String.format(
                    Locale.ROOT, "partitionPoint(%,d, true for the first %,d) gave %d", length, point, found));
        }
        return isBefore.asked;
    }

    /** Ends a search that does not halve; nobody has the time to count to the end. */
    private static final class TooManyQuestionsException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** True below a point, and counts how often it is asked. */
    private static final class Counting implements IntPredicate {
        private static final long ENOUGH = 100_000;

        private final int length;
        private final int point;
        private long asked;

        Counting(int length, int point) {
            this.length = length;
            this.point = point;
        }

        @Override
        public boolean test(int index) {
            if (index < 0 || index >= length) {
                throw new WrongAnswerException("index " + index + " of " + length + " was asked about");
            }
            if (++asked > ENOUGH) {
                throw new TooManyQuestionsException();
            }
            return index < point;
        }
    }
}

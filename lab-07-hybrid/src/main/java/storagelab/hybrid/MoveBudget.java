package storagelab.hybrid;

import java.time.Duration;
import storagelab.course.ExercisePart;

/**
 * How many bytes may be moved: a bucket of tokens, one for each byte. It is full at first, and is filled up evenly, with as many bytes a
 * period as it holds. What is in it and is not used does not grow beyond that.
 *
 * <p>A range with more bytes than the bucket holds is moved when the bucket is full. The bucket then has less than nothing, and
 * nothing moves before it is filled up again: over a long time, the bytes moved are not more than those of the budget.
 *
 * <p>Example: 1,000 bytes a period of 10 s. At 0 s, a move of 600 leaves 400. One of 500 is possible from 1 s on. If one of 2,500 is
 * waiting instead, it is possible at 6 s, when the bucket is full, and leaves −1,500: for 15 s nothing moves.
 *
 * <p>Concurrency: one thread.
 */
@ExercisePart("7.6")
public final class MoveBudget {
    private final long capacity;
    private final long periodMillis;
    private double bytes;
    private long filledMillis;

    /**
     * A full bucket.
     *
     * @param bytes of a period, 1 or more
     * @param nowMillis the time of the clock that the calls are made with
     */
    public MoveBudget(long bytes, Duration period, long nowMillis) {
        this.capacity = bytes;
        this.periodMillis = period.toMillis();
        this.bytes = (double) bytes;
        this.filledMillis = nowMillis;
    }

    /** What is in the bucket; negative after a move that was larger than the bucket. */
    public double left(long nowMillis) {
        return Math.min((double) capacity, bytes + (double) (nowMillis - filledMillis) * capacity / periodMillis);
    }

    /**
     * Takes the bytes of a move, if they are there.
     *
     * @return whether the move may begin; if not, nothing is taken
     */
    public boolean take(long moved, long nowMillis) {
        double left = left(nowMillis);
        if (left < Math.min(moved, capacity)) {
            return false;
        }
        bytes = left - moved;
        filledMillis = nowMillis;
        return true;
    }
}

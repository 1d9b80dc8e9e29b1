package storagelab.hybrid;

import java.util.List;
import storagelab.tier.Move;
import storagelab.tier.MoveReport;
import storagelab.workload.RangeStatistics;

/**
 * Is told what the rounds of a {@link HybridStore} see and do. What it throws fails the round.
 *
 * <p>Concurrency: called by one thread at a time.
 */
public interface RoundListener {
    /** A listener that does nothing. */
    RoundListener NONE = new RoundListener() {
        @Override
        public void decided(List<Decision> decisions, List<RangeStatistics> load, double seconds) {}

        @Override
        public void began(Move move) {}

        @Override
        public void ran(MoveReport report) {}
    };

    /**
     * The router has made a round.
     *
     * @param decisions about every range, in the order of the keys
     * @param load of the same ranges, in the same order
     * @param seconds of requests that the load stands for, more than 0; see {@link storagelab.workload.AccessTracker#countedSeconds}
     */
    void decided(List<Decision> decisions, List<RangeStatistics> load, double seconds);

    /** A move begins; or one goes on that has begun, in this process or in an earlier one, and has not ended. */
    void began(Move move);

    /** A move that was told to {@link #began} has ended, or has been stopped before its end. One that fails is not told; it goes on in a later round. */
    void ran(MoveReport report);
}

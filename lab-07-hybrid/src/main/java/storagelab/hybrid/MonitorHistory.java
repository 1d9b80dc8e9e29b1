package storagelab.hybrid;

import java.util.List;

/**
 * What a {@link HybridMonitor} remembered at one moment.
 *
 * @param rounds the last ones, the oldest first
 * @param moves the last ones, the oldest first
 * @param decisions of the last round, about every range, in the order of the keys
 */
public record MonitorHistory(List<Round> rounds, List<MoveView> moves, List<Decision> decisions) {
    /**
     * A round of the router.
     *
     * @param atMillis when it was, in milliseconds since 1970
     * @param rows its ranges in the order of the keys, neighbours taken together where there were too many
     */
    public record Round(long atMillis, List<RangeView> rows) {
        /** Copies the rows. */
        public Round {
            rows = List.copyOf(rows);
        }
    }

    /** Copies the lists. */
    public MonitorHistory {
        rounds = List.copyOf(rounds);
        moves = List.copyOf(moves);
        decisions = List.copyOf(decisions);
    }
}

package storagelab.hybrid;

import java.time.InstantSource;

/**
 * How much a {@link HybridMonitor} remembers.
 *
 * @param clock what the time is when a round is told, and when a move begins or ends; people read it
 * @param roundsMax how many rounds
 * @param rowsMax how many rows of each round, neighbouring ranges taken together
 * @param movesMax how many moves
 */
public record MonitorOptions(InstantSource clock, int roundsMax, int rowsMax, int movesMax) {
    /** Checks the numbers. */
    public MonitorOptions {
        if (roundsMax < 1 || rowsMax < 1 || movesMax < 1) {
            throw new IllegalArgumentException(
                    roundsMax + " rounds of " + rowsMax + " rows, " + movesMax + " moves: at least 1 of each");
        }
    }

    /** The time of day; 720 rounds, which is an hour with one every five seconds; 48 rows of each, and 200 moves. */
    public static MonitorOptions defaults() {
        return new MonitorOptions(InstantSource.system(), 720, 48, 200);
    }

    /** With another clock. */
    public MonitorOptions withClock(InstantSource other) {
        return new MonitorOptions(other, roundsMax, rowsMax, movesMax);
    }

    /** With other limits: on rounds, on rows of a round, and on moves. */
    public MonitorOptions withLimits(int rounds, int rows, int moves) {
        return new MonitorOptions(clock, rounds, rows, moves);
    }
}

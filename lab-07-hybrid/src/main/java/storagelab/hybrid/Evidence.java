package storagelab.hybrid;

import java.time.Duration;
import storagelab.cost.EngineCosts;

/**
 * The numbers behind a {@link Decision}.
 *
 * @param atMillis when it was made, by the clock of the options
 * @param costs of a second of the load, predicted
 * @param requestsPerSecond of the range, of any kind
 * @param cheaperFor how long the other engine has been cheaper by the ratio of the options; zero if it is not
 * @param savedMicros what the move is predicted to save over the horizon; 0 if the other engine is not cheaper by the ratio
 * @param moveMicros what the move itself costs
 * @param bytes of the range
 */
public record Evidence(
        long atMillis,
        EngineCosts costs,
        double requestsPerSecond,
        Duration cheaperFor,
        double savedMicros,
        double moveMicros,
        long bytes) {}

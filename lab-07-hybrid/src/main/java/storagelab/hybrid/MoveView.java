package storagelab.hybrid;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.tier.Move;

/**
 * A move, as a {@link HybridMonitor} remembers it.
 *
 * @param move which keys move to which tier
 * @param beganMillis when it began, in milliseconds since 1970
 * @param endedMillis when it ended; null while it has not
 * @param entries that were moved until now
 * @param bytes of their keys and values
 */
public record MoveView(
        Move move, long beganMillis, @Nullable Long endedMillis, long entries, long bytes) {
    /** How long it took, in milliseconds; nothing while it has not ended. */
    public Optional<Long> tookMillis() {
        return Optional.ofNullable(endedMillis).map(ended -> ended - beganMillis);
    }
}

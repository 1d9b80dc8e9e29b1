package storagelab.grader.batch;

import java.time.Instant;
import java.util.Optional;

/**
 * Which results are found again although there are some.
 *
 * @param onlyFailed keep a result with full marks, even if the course or the tool has changed since; grade the others again
 * @param since grade again what was graded at this time or later; nothing if empty
 */
public record Regrade(boolean onlyFailed, Optional<Instant> since) {
    /** What has a result with the same key keeps it. */
    public static Regrade nothing() {
        return new Regrade(false, Optional.empty());
    }

    /** The result that a submission can keep. */
    Optional<Graded> kept(ResultStore store, String name, String content, String key) {
        if (onlyFailed) {
            return store.named(name)
                    .filter(known -> known.content().equals(content) && known.hasFullMarks())
                    .filter(this::isOldEnough);
        }
        return store.withKey(key).filter(this::isOldEnough);
    }

    private boolean isOldEnough(Graded known) {
        return since.isEmpty() || Instant.parse(known.gradedAt()).isBefore(since.get());
    }
}

package storagelab.grader.serve;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import storagelab.api.Slice;

/**
 * Which clients watch which keys. A write of a key marks the clients that watch it, so that their EXEC does nothing.
 *
 * <p>Concurrency: one thread at a time.
 */
final class WatchedKeys {
    private final Map<Slice, Set<Session>> watchers = new HashMap<>();

    void watch(Session session, Slice key) {
        watchers.computeIfAbsent(key, same -> new HashSet<>()).add(session);
    }

    /** {@code session} watches nothing any more. */
    void forget(Session session) {
        for (Slice key : session.watched().keySet()) {
            watchers.computeIfPresent(key, (same, sessions) -> {
                sessions.remove(session);
                return sessions.isEmpty() ? null : sessions;
            });
        }
    }

    /** {@code key} is written. */
    void written(Slice key) {
        if (!watchers.isEmpty()) {
            watchers.getOrDefault(key, Set.of()).forEach(Session::breakWatch);
        }
    }

    boolean isEmpty() {
        return watchers.isEmpty();
    }
}

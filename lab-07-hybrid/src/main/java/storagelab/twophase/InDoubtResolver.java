package storagelab.twophase;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import storagelab.api.StorageException;
import storagelab.course.ExercisePart;

/**
 * Finishes what a crash, or a participant that stayed away, has left in doubt: asks the coordinator's log for the outcome and tells
 * the participants.
 *
 * <p>Concurrency: safe for many threads, also next to a coordinator that commits.
 */
@ExercisePart("7.10")
public final class InDoubtResolver {
    private final CoordinatorLog log;

    /** A resolver that asks {@code log}. */
    public InDoubtResolver(CoordinatorLog log) {
        this.log = log;
    }

    /**
     * One round. For each participant:
     *
     * <ol>
     *   <li>Each transaction for which the log waits for it commits there, and the log notes that. The participant may have
     *       committed it before, and only its acknowledgement was lost: then nothing happens there.
     *   <li>Each transaction that is in doubt there commits or aborts as the log says. One that the coordinator is still at work on
     *       is left alone.
     * </ol>
     *
     * <p>A participant that cannot be reached is left, and the others go on. Its COMMIT records stay in the log. It is tried again in
     * the next round, which the caller begins when it sees fit.
     *
     * @return the names of the participants that could not be reached, and of those that the log waits for and that were not given
     */
    public Set<String> resolve(Collection<? extends Participant> participants) {
        Set<String> pending = new TreeSet<>();
        for (Participant participant : participants) {
            try {
                resolve(participant);
            } catch (StorageException e) {
                pending.add(participant.name()); // the next round tries again
            }
        }
        Set<String> given = new TreeSet<>();
        participants.forEach(participant -> given.add(participant.name()));
        for (Set<String> names : log.waiting().values()) {
            names.stream().filter(name -> !given.contains(name)).forEach(pending::add);
        }
        return pending;
    }

    private void resolve(Participant participant) {
        Map<Long, Set<String>> waiting = new TreeMap<>(log.waiting());
        waiting.values().removeIf(names -> !names.contains(participant.name()));
        for (long id : waiting.keySet()) {
            participant.commit(id);
            log.acknowledge(id, participant.name());
        }
        for (long id : participant.inDoubt()) {
            switch (log.outcome(id)) {
                case COMMITTED -> {
                    participant.commit(id);
                    log.acknowledge(id, participant.name());
                }
                case ABORTED -> participant.abort(id);
                case UNDECIDED -> {} // its coordinator will tell
            }
        }
    }
}

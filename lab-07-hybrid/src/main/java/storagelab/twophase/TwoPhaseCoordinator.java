package storagelab.twophase;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import storagelab.api.StorageException;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * Commits transactions over several participants: all commit or none does, whatever crashes.
 *
 * <p>Concurrency: safe for many threads. Participants are asked one after the other.
 */
@Exercise(
        id = "7.10",
        title = "One commit over two stores",
        points = 10,
        difficulty = Difficulty.HARD,
        hours = 6,
        needs = {"1.3", "6.11"})
public final class TwoPhaseCoordinator {
    private final CoordinatorLog log;

    /** A coordinator whose decisions are in {@code log}. */
    public TwoPhaseCoordinator(CoordinatorLog log) {
        this.log = log;
    }

    /**
     * Commits one batch at each participant, all of them or none.
     *
     * <ol>
     *   <li>Participants with an empty batch are asked to prepare first, then the others, each by name. One that votes READ_ONLY has
     *       left. If a single participant is left to be asked and none has voted YES, it commits alone, and that is all.
     *   <li>At the first NO, or if a participant cannot be reached, the log is told of the abort, then those that have voted YES and
     *       the one that could not be reached. Whether the abort gets there does not matter.
     *   <li>If all have voted and at least one said YES, the log commits: from here on the transaction has committed. If the log
     *       throws, no participant is told anything, since nobody knows the outcome before the log is opened again.
     *   <li>Each participant that has voted YES commits, and the log notes that. One that cannot be reached does not stop the others:
     *       the log waits for it.
     * </ol>
     *
     * <p>Example: a sale takes 1 from the stock at participant A and adds an order at participant B. Forced are: the batch at A, the
     * batch at B, COMMIT, the commit at A, the commit at B: 2 · 2 + 1 = 5. A sale without a stock is one write at B, forced once.
     *
     * <p>Cost: 2n + 1 forced writes for n participants that vote YES, 1 for one alone; an abort forces nothing more.
     *
     * @return the names of the participants that have not acknowledged the commit: an {@link InDoubtResolver} tells them later
     * @throws TransactionConflictException if a participant has voted NO; the message has its name and its reason
     * @throws StorageException if a participant could not be reached before the decision: the transaction has aborted, unless
     *     there was only this participant; or if the log has failed: then it is not known
     * @throws IllegalArgumentException if two participants have the same name
     */
    public Set<String> commit(Map<? extends Participant, WriteBatch> work) {
        List<Map.Entry<? extends Participant, WriteBatch>> order = new ArrayList<>(work.entrySet());
        order.sort(Comparator.comparing((Map.Entry<? extends Participant, WriteBatch> one) ->
                        !one.getValue().isEmpty())
                .thenComparing(one -> one.getKey().name()));
        checkNames(order);
        long id = log.begin();
        Map<String, Participant> prepared = prepare(id, order);
        if (prepared.isEmpty()) {
            log.abort(id); // nothing waits for an outcome
            return Set.of();
        }
        log.commit(id, prepared.keySet());
        Set<String> pending = new TreeSet<>();
        prepared.forEach((name, participant) -> {
            try {
                participant.commit(id);
                log.acknowledge(id, name);
            } catch (StorageException e) {
                pending.add(name); // the COMMIT record stays for it
            }
        });
        return pending;
    }

    /** The participants that have voted YES: all that are left in the transaction. */
    private Map<String, Participant> prepare(long id, List<Map.Entry<? extends Participant, WriteBatch>> order) {
        Map<String, Participant> prepared = new TreeMap<>();
        for (int i = 0; i < order.size(); i++) {
            Participant participant = order.get(i).getKey();
            WriteBatch batch = order.get(i).getValue();
            boolean isAlone = prepared.isEmpty() && i == order.size() - 1;
            Vote vote;
            try {
                vote = isAlone ? participant.commitAlone(batch) : participant.prepare(id, batch);
            } catch (RuntimeException | Error e) {
                prepared.put(participant.name(), participant); // it may have prepared
                abort(id, prepared, e);
                throw e;
            }
            if (vote.kind() == Vote.Kind.NO) {
                TransactionConflictException refusal =
                        new TransactionConflictException(participant.name() + " refuses: " + vote.reason());
                abort(id, prepared, refusal);
                throw refusal;
            }
            if (vote.kind() == Vote.Kind.YES && !isAlone) {
                prepared.put(participant.name(), participant);
            }
        }
        return prepared;
    }

    private void abort(long id, Map<String, Participant> prepared, Throwable reason) {
        log.abort(id);
        for (Participant participant : prepared.values()) {
            try {
                participant.abort(id);
            } catch (StorageException e) {
                if (e != reason) {
                    reason.addSuppressed(e); // it asks when it is back, and no record means abort
                }
            }
        }
    }

    private static void checkNames(List<Map.Entry<? extends Participant, WriteBatch>> order) {
        Set<String> names = new HashSet<>();
        for (Map.Entry<? extends Participant, WriteBatch> one : order) {
            if (!names.add(one.getKey().name())) {
                throw new IllegalArgumentException(
                        "two participants are named " + one.getKey().name());
            }
        }
    }
}

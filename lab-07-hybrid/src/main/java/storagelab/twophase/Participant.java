package storagelab.twophase;

import java.util.Set;
import storagelab.api.WriteBatch;

/**
 * A store that takes part in transactions which others decide.
 *
 * <p>Between its YES and the outcome it is <em>in doubt</em>: it can neither commit nor abort by itself, since the others may
 * have done the opposite. Meanwhile the keys of the transaction are locked: another transaction that writes one of them is
 * refused. Transactions on other keys go on.
 *
 * <p>Errors: a participant that cannot be reached throws a {@link storagelab.api.StorageException}. Then it may have done what it
 * was asked or not.
 *
 * <p>Concurrency: safe for many threads.
 */
public interface Participant {
    /** The name that the coordinator's log has. It stays the same when the participant is opened again. */
    String name();

    /**
     * Makes {@code batch} durable without making it visible, and locks its keys.
     *
     * <p>Cost: one forced write for a YES, none for the other votes.
     *
     * @throws IllegalArgumentException if the transaction is prepared already
     */
    Vote prepare(long transactionId, WriteBatch batch);

    /**
     * Makes a prepared batch visible, durably, and unlocks its keys. A transaction that is not prepared here was committed
     * before: nothing happens.
     *
     * <p>Cost: one forced write.
     */
    void commit(long transactionId);

    /**
     * Drops a prepared batch and unlocks its keys. A transaction that is not prepared here is left as it is.
     *
     * <p>Cost: no forced write. If a power cut takes the abort back, the transaction is in doubt again.
     */
    void abort(long transactionId);

    /**
     * Commits a transaction of which this is the only participant: one phase, and no coordinator's log.
     *
     * <p>Cost: one forced write for a YES, none for the other votes.
     */
    Vote commitAlone(WriteBatch batch);

    /** The transactions that are prepared here. After the participant was opened, these are the ones whose outcome it has to ask for. */
    Set<Long> inDoubt();
}

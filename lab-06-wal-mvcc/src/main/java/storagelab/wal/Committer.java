package storagelab.wal;

import storagelab.api.Durability;
import storagelab.api.WriteBatch;

/** Takes batches and makes them durable and visible, in one order for all. */
public interface Committer {
    /** Decides, when it is a commit's turn to be appended, whether it may commit. */
    interface Admission {
        /** Every commit may. */
        Admission ALWAYS = lastSequence -> {};

        /**
         * Called by one thread at a time, in the order of the log. What it throws is thrown by the commit, which is not
         * appended then; it concerns no other one.
         *
         * @param lastSequence of the operations of the commit; without any, of the last operation before
         */
        void admit(long lastSequence);
    }

    /**
     * Commits a batch: returns when it is in the log, as durable as was asked for, and visible.
     *
     * @param admission may refuse it
     * @return the sequence of its last operation; of an empty batch, of the last operation before it
     * @throws storagelab.api.StoreFailedException if an earlier commit failed
     * @throws storagelab.api.StoreClosedException if no commits are taken any more
     */
    long commit(WriteBatch batch, Durability durability, Admission admission);

    /** As the other one, of a batch that may always commit. */
    default long commit(WriteBatch batch, Durability durability) {
        return commit(batch, durability, Admission.ALWAYS);
    }
}

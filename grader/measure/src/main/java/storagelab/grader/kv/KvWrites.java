package storagelab.grader.kv;

import java.util.Optional;
import storagelab.api.Durability;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;
import storagelab.grader.LabException;

/** Writes of commands: in the transaction if one was begun, else durably at once. */
final class KvWrites {
    private KvWrites() {}

    /** Applies {@code batch}. */
    static void write(KvSession session, OpenStore store, WriteBatch batch) {
        Optional<Transaction> transaction = session.transaction();
        try {
            if (transaction.isEmpty()) {
                store.entries().write(batch, Durability.SYNCED);
                return;
            }
            for (WriteBatch.Operation operation : batch.operations()) {
                if (operation instanceof WriteBatch.Put put) {
                    transaction.get().put(put.key(), put.value());
                } else {
                    transaction.get().delete(operation.key());
                }
            }
        } catch (IllegalArgumentException e) {
            throw tooLong(e);
        }
    }

    /** What a store says of a key or a value that it does not take. */
    static LabException tooLong(IllegalArgumentException e) {
        return LabException.usage(
                "The store does not take it: " + e.getMessage() + ".",
                "Nothing was stored; a store of the kind lsm, leveldb or logs takes longer keys.");
    }
}

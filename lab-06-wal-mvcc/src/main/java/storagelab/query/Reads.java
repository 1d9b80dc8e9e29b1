package storagelab.query;

import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.Transaction;

/** Where the rows of a query are read from: a transaction, a snapshot, or a store as it is at each read. */
public interface Reads {
    /** The value of {@code key}, or nothing if it has none. */
    Optional<Slice> get(Slice key);

    /** A cursor over the entries in a range. */
    Cursor cursor(KeyRange range);

    /** Reads in a transaction. */
    static Reads of(Transaction transaction) {
        return new DelegatedReads(transaction::get, transaction::cursor);
    }

    /** Reads of one moment. */
    static Reads of(Snapshot snapshot) {
        return new DelegatedReads(snapshot::get, snapshot::cursor);
    }

    /** Reads of the newest state. Two of them may see two states, so this is for queries that read once. */
    static Reads of(OrderedStore store) {
        return new DelegatedReads(store::get, store::cursor);
    }
}

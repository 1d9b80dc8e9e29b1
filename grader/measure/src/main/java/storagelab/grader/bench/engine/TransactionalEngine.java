package storagelab.grader.bench.engine;

import java.io.IOException;
import java.util.function.Function;
import storagelab.api.Slice;

/** A {@link PeerEngine} with transactions. */
public interface TransactionalEngine extends PeerEngine {
    /**
     * Replaces the value under {@code key}, which is there, in a transaction of its own: no other write comes between its read and
     * its write. A transaction that could not be committed because of another one is run again.
     *
     * @param change the new value, from the one that was read; called once for each attempt
     */
    void update(byte[] key, Function<? super Slice, byte[]> change) throws IOException;
}

package storagelab.mvcc;

import storagelab.api.EngineSnapshot;
import storagelab.api.WriteBatch;
import storagelab.wal.GroupCommitter;

/**
 * An engine with its versions: readers each see the state of one moment, its <em>view</em>, while one writer goes on.
 *
 * <p>Concurrency: safe for many threads; {@link #publish} is called by one at a time, with ascending sequences.
 */
public interface VersionedEngine extends GroupCommitter.Publisher {
    /** A view of what is visible now. It holds memory or files until it is closed. */
    EngineSnapshot view();

    /** Applies a batch, and makes all of it visible at once. Views that are open do not see it. */
    @Override
    void publish(long sequence, WriteBatch batch);

    /** The sequences at which views read. */
    Watermark watermark();

    /** How many values are kept only for views; 0 if the engine keeps them itself and does not count them. */
    long versions();

    /** How many bytes these values have. */
    long versionBytes();
}

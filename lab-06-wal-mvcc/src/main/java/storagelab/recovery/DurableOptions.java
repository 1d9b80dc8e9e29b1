package storagelab.recovery;

import storagelab.btree.BTreeOptions;
import storagelab.lsm.LsmOptions;
import storagelab.wal.SyncPolicy;
import storagelab.wal.WalOptions;

/**
 * How a {@link DurableStore} is built.
 *
 * @param engine the type of engine that has the entries
 * @param syncPolicy how durable a BUFFERED write is; a SYNCED one is on the disk with each policy
 * @param checkpointLogBytes a checkpoint is made when this many bytes of keys and values were written since the last one
 * @param retainedLogBytes at least so many of the newest bytes of the log stay after a checkpoint, for a {@link ChangeFeed} that is
 *     opened later; 0 if recovery alone decides
 * @param log how the log is built
 * @param values what the values are; a store that exists must have the same
 * @param btree options of the engine, if it is a B+tree
 * @param lsm options of the engine, if it is an LSM tree
 */
public record DurableOptions(
        EngineType engine,
        SyncPolicy syncPolicy,
        long checkpointLogBytes,
        long retainedLogBytes,
        WalOptions log,
        StoredValues values,
        BTreeOptions btree,
        LsmOptions lsm) {
    private static final long CHECKPOINT_LOG_BYTES = 64 << 20;

    /** Checks the numbers. */
    public DurableOptions {
        if (checkpointLogBytes < 1) {
            throw new IllegalArgumentException("a checkpoint each " + checkpointLogBytes + " bytes");
        }
        if (retainedLogBytes < 0) {
            throw new IllegalArgumentException("a log of which " + retainedLogBytes + " bytes stay");
        }
    }

    /** An engine with its own defaults, no syncs for BUFFERED writes, and a checkpoint each 64 MiB. */
    public static DurableOptions defaults(EngineType engine) {
        return new DurableOptions(
                engine,
                SyncPolicy.none(),
                CHECKPOINT_LOG_BYTES,
                0,
                WalOptions.defaults(),
                StoredValues.PLAIN,
                BTreeOptions.defaults(),
                LsmOptions.defaults());
    }

    /** With another policy. */
    public DurableOptions withSyncPolicy(SyncPolicy policy) {
        return new DurableOptions(engine, policy, checkpointLogBytes, retainedLogBytes, log, values, btree, lsm);
    }

    /** With checkpoints after another number of bytes. */
    public DurableOptions withCheckpointLogBytes(long bytes) {
        return new DurableOptions(engine, syncPolicy, bytes, retainedLogBytes, log, values, btree, lsm);
    }

    /** With a log of which more stays after a checkpoint. */
    public DurableOptions withRetainedLogBytes(long bytes) {
        return new DurableOptions(engine, syncPolicy, checkpointLogBytes, bytes, log, values, btree, lsm);
    }

    /** With another log. */
    public DurableOptions withLog(WalOptions options) {
        return new DurableOptions(
                engine, syncPolicy, checkpointLogBytes, retainedLogBytes, options, values, btree, lsm);
    }

    /** With another B+tree. */
    public DurableOptions withBtree(BTreeOptions options) {
        return new DurableOptions(engine, syncPolicy, checkpointLogBytes, retainedLogBytes, log, values, options, lsm);
    }

    /** With another LSM tree. */
    public DurableOptions withLsm(LsmOptions options) {
        return new DurableOptions(
                engine, syncPolicy, checkpointLogBytes, retainedLogBytes, log, values, btree, options);
    }

    /** With values of another kind. */
    public DurableOptions withValues(StoredValues kind) {
        return new DurableOptions(engine, syncPolicy, checkpointLogBytes, retainedLogBytes, log, kind, btree, lsm);
    }
}

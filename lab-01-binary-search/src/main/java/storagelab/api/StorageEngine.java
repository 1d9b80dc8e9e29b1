package storagelab.api;

/**
 * A store that numbers its operations, so that a log outside of it can make them durable. What is built on engines, such as
 * transactions or a router, takes engines of this type and not their classes.
 *
 * <p>Each operation has a <em>sequence</em>: the first of a batch the one that the batch was applied at, the next the one
 * after it. Sequences ascend, and there may be gaps between batches. {@link #write} applies its batch at the sequence after
 * the last.
 *
 * <p><b>With a log outside.</b> The owner of the log appends a batch with its sequence, syncs the log if the write is to be
 * durable, and applies the batch. After a crash the engine is what it was at {@link #durableSequence}, with all of a batch or
 * nothing of it; the owner applies again what its log has after that. The log is needed only from there on. An engine whose
 * own log would then write everything a second time is opened without it, if it can be.
 *
 * <p>Example: batches of three operations at 1 and of two at 4 are applied: the last sequence is 5. A checkpoint makes them
 * durable. A batch at 6 follows, and the power is cut. The engine opens with 5 as its last and its durable sequence; the
 * owner applies the batch at 6 again.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>{@link #durableSequence} ≤ {@link #lastSequence}; neither ever goes back while the engine is open.
 *   <li>An engine that opens after a crash has every operation up to the durable sequence there was, and of the later ones
 *       a prefix of the batches. Its last sequence is that of the last operation it has.
 * </ol>
 *
 * <p>Concurrency: safe for many threads. {@link #apply} is called by one thread at a time, since sequences ascend.
 */
public interface StorageEngine extends SnapshotStore {
    /**
     * Applies a batch whose first operation has {@code sequence}: all of it becomes visible at once, and is not durable when
     * this returns. An empty batch changes nothing, the last sequence included.
     *
     * @throws IllegalArgumentException if {@code sequence} is not greater than {@link #lastSequence}, or an operation would
     *     have one greater than {@link SequenceNumber#MAX}; nothing has changed then
     * @throws IllegalStateException if the engine keeps a log of its own, which has no room for gaps
     * @throws StoreClosedException if the engine is closed
     * @throws StoreFailedException if an earlier write, sync or checkpoint failed
     */
    void apply(long sequence, WriteBatch batch);

    /**
     * Checks that {@link #apply} can take a batch, before a log has it: what is in a log can no longer be refused.
     *
     * @throws IllegalArgumentException if a key or a value is too long
     */
    default void check(WriteBatch batch) {}

    /**
     * Tells the engine, once it is recovered, how to make the log durable: when a call of {@code syncLog} returns, every operation
     * that {@link #apply} was given before the call is in the log on the disk. An engine that writes operations to its files in
     * another order than that of their sequences calls it first: what a power cut takes from the log, the engine must not have. An
     * engine whose files are a state of one sequence at every moment ignores it.
     *
     * @param syncLog throws a {@link StorageException} if the log cannot be synced
     */
    default void useLog(Runnable syncLog) {}

    /** The sequence of the last operation that a get can see; 0 if there was none. */
    long lastSequence();

    /** The sequence up to which every operation is on the disk: neither a killed process nor a power cut loses it. */
    long durableSequence();

    /**
     * Makes everything durable that was applied before the call: {@link #durableSequence} is at least what {@link
     * #lastSequence} was.
     *
     * @throws StoreClosedException if the engine is closed
     * @throws StoreFailedException if an earlier write, sync or checkpoint failed
     */
    void checkpoint();

    /** {@inheritDoc} It says which sequence it was taken at. */
    @Override
    EngineSnapshot snapshot();
}

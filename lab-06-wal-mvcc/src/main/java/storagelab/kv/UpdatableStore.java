package storagelab.kv;

import java.util.Optional;
import java.util.function.UnaryOperator;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.TransactionalStore;

/**
 * A transactional store in which a value can be read and replaced in one step.
 *
 * <p>Every method here is atomic: no other write of the key comes between the reading and the writing. The caller never sees a conflict: if a concurrent write commits first, the method
 * reads again. Transactions may conflict with it, as with any other write.
 *
 * <p>Errors: as {@link storagelab.api.KeyValueStore#write} says.
 */
public interface UpdatableStore extends TransactionalStore {
    /**
     * Replaces the value of {@code key} by what {@code change} makes of it.
     *
     * <p>Example: {@code update(key, old -> old.or(() -> Optional.of(first)), BUFFERED)} puts a value if there is none.
     *
     * <p>Cost: a transaction of one read and one write. Updates of one key take turns, so with {@link Durability#SYNCED} each of
     * them waits for a sync of its own; updates of different keys share syncs.
     *
     * @param change is given the value, or nothing if there is none, and returns the new one, or nothing to delete the key. It may
     *     be called more than once, and must not use the store. What it throws is thrown by this method; nothing has changed then
     * @return what {@code change} returned last. If that is equal to the value that was there, nothing was written
     */
    Optional<Slice> update(Slice key, UnaryOperator<Optional<Slice>> change, Durability durability);

    /**
     * Replaces the value of {@code key} if it is {@code expected}.
     *
     * <p>Example: {@code compareAndSet(lock, Optional.empty(), Optional.of(me), SYNCED)} takes a lock that is free.
     *
     * @param expected value; nothing if there must be none
     * @param value the new one; nothing to delete the key
     * @return whether the value was {@code expected}; if not, nothing has changed
     */
    default boolean compareAndSet(Slice key, Optional<Slice> expected, Optional<Slice> value, Durability durability) {
        boolean[] isExpected = new boolean[1];
        Optional<Slice> unused = update(
                key,
                old -> {
                    isExpected[0] = old.equals(expected);
                    return isExpected[0] ? value : old;
                },
                durability);
        return isExpected[0];
    }

    /**
     * Adds {@code delta} to the number that is the value of {@code key}, in the form that {@link Decimal} defines. A key without a
     * value counts as 0.
     *
     * <p>Example: the value is {@code "41"}. {@code increment(key, 1, BUFFERED)} returns 42, and the value is {@code "42"}.
     *
     * @return the sum
     * @throws IllegalArgumentException if the value is not such a number; nothing has changed then
     * @throws ArithmeticException if the sum is not a {@code long}; nothing has changed then
     */
    default long increment(Slice key, long delta, Durability durability) {
        return Decimal.parse(update(key, old -> Optional.of(Decimal.added(old, key, delta)), durability)
                .orElseThrow());
    }

    /**
     * Deletes the keys of a range, all at once: a reader and a crash see all of the deletions or none.
     *
     * <p>It deletes the keys that are in the range at one moment of the call, also those that are overwritten before it returns. A key
     * that another thread puts for the first time meanwhile may stay. So it never conflicts and never waits for other writers; in a
     * transaction, {@link storagelab.api.Transaction#deleteRange} promises more.
     *
     * <p>Cost: O(keys of the range). They are read, and each is a deletion in the log and in the engine, as if a caller had deleted one
     * after the other in a batch. All keys are in memory, so a call deletes at most {@value RangeDeletions#KEYS_MAX} of them.
     *
     * @return how many keys were deleted
     * @throws IllegalArgumentException if the range has more keys; nothing has changed then
     */
    long deleteRange(KeyRange range, Durability durability);
}

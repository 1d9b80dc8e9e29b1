package storagelab.compaction;

import storagelab.api.Slice;

/**
 * Says which values have had their time. A merge asks it for values that it reads anyway, so throwing away what is old
 * costs no write of its own: nobody has to look for keys and delete them.
 *
 * <p>A merge asks about a value if it is the newest of its key among the inputs, and no snapshot sees it. If the answer
 * is yes, the value becomes a deletion with the same sequence, which is then treated as any other: it goes if no
 * snapshot needs it and nothing older that stays may have the key; otherwise it stays, and hides what is older. If the
 * value just vanished, the value before it would come back from the dead.
 *
 * <p>Example: level 1 has {@code a@9 = new}, level 2 has {@code a@3 = old}, and both are too old. A merge inside of level 1
 * writes {@code a@9†}: a get finds nothing from now on. The merge of both levels leaves nothing of {@code a}.
 *
 * <p>What it does not do:
 *
 * <ul>
 *   <li>Until a merge comes by, a value is read as before, however old it is. Whoever must not see it checks the time
 *       himself. A table that moves to another level as it is, is not read, and a table that nothing is merged with
 *       stays; {@code LsmStore.compactAll} reads all.
 *   <li>A snapshot sees the same until it is closed: what it sees is not asked about, and is left for a later merge. If
 *       somebody takes a snapshot while a merge is running that has thrown values away, it is run again without the
 *       filter.
 * </ul>
 *
 * <p>Errors: what it throws fails the merge, and the store takes no more writes.
 *
 * <p>Concurrency: it is asked by the thread that merges, for different stores by different threads.
 */
@FunctionalInterface
public interface CompactionFilter {
    /** Drops nothing. */
    CompactionFilter NONE = (key, value) -> false;

    /**
     * Whether the value has had its time. The answer must not go back to no: the older versions of the key are gone.
     *
     * @param key of the user
     * @param value its newest value in the merge
     */
    boolean drops(Slice key, Slice value);

    /**
     * Whether all values have had their time that were written at {@code newestMillis} or before, in milliseconds since
     * 1970. If so, a run of which this is known is deleted without being read, as soon as nothing older overlaps it and no
     * snapshot is held. No, unless a filter says otherwise.
     */
    default boolean dropsAllUntil(long newestMillis) {
        return false;
    }
}

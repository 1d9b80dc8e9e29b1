package storagelab.compaction;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;

/**
 * The entries of a merge, in which a value that a {@link CompactionFilter} drops is a deletion with the same sequence and an
 * empty value. Whatever happens to a deletion in a merge then happens to it, too: it goes if nothing older can have the key,
 * and hides what is older otherwise. The other entries are as they were.
 *
 * <p>The filter is asked about an entry, once, as soon as the cursor comes to it, if it is
 *
 * <ul>
 *   <li>a value, and not a deletion already,
 *   <li>the newest of its key among these entries,
 *   <li>and newer than {@code newestSnapshot}: no snapshot reads it. (The newest of a key is what a snapshot at 5 reads if its
 *       sequence is 5 or less.)
 * </ul>
 *
 * <p>About an older value of the key it is never asked, whatever became of the newest: whether that one goes is decided by
 * what is before it.
 *
 * <p>Example: the filter drops all that is called {@code old}, and the newest snapshot is at 5. Of {@code a@9 = old,
 * a@8 = old, b@7 = new, c@6†, c@3 = old, d@5 = old} there is {@code a@9†, a@8 = old, b@7 = new, c@6†, c@3 = old, d@5 = old}.
 * It was asked about {@code a@9} and {@code b@7}.
 *
 * <p>It goes forward only, as merges do: {@code seek}, {@code seekToLast} and {@code prev} throw {@link
 * UnsupportedOperationException}.
 *
 * <p>This exercise has four parts: this cursor; {@link TtlFilter}, which says what has had its time; {@link ExpiredRuns}, for
 * what need not even be read; and {@code storagelab.lsm.Amplification}, which says what all the merging costs.
 *
 * <p>Cost: O(1) an entry; a value is fetched only when somebody wants it. Concurrency: one thread.
 */
@Exercise(
        id = "5.17",
        title = "Values that have had their time, and what merges cost",
        points = 5,
        difficulty = Difficulty.MEDIUM,
        hours = 3,
        needs = {"5.7", "5.8", "5.9", "5.10", "5.11", "5.12", "5.13", "5.14", "5.15", "5.16"})
public final class FilteredCursor implements InternalCursor {
    private final InternalCursor entries;
    private final CompactionFilter filter;
    private final long newestSnapshot;
    private @Nullable Slice user; // of the entry, or of the last one
    private @Nullable Slice deletion; // what the entry has become, if it was dropped
    private long dropped;

    /**
     * A cursor at no entry.
     *
     * @param entries of a merge, in order; they are closed with this cursor
     * @param newestSnapshot the greatest sequence that a snapshot reads at; -1 if there is none
     */
    public FilteredCursor(InternalCursor entries, CompactionFilter filter, long newestSnapshot) {
        this.entries = entries;
        this.filter = filter;
        this.newestSnapshot = newestSnapshot;
    }

    /** How many values have been dropped. */
    public long dropped() {
        return dropped;
    }

    @Override
    public boolean isValid() {
        return entries.isValid();
    }

    @Override
    public void seekToFirst() {
        user = null;
        entries.seekToFirst();
        look();
    }

    @Override
    public void next() {
        entries.next();
        look();
    }

    @Override
    public Slice key() {
        return deletion == null ? entries.key() : deletion;
    }

    @Override
    public Slice value() {
        return deletion == null ? entries.value() : Slice.EMPTY;
    }

    @Given
    @Override
    public void seek(Slice internalKey) {
        throw new UnsupportedOperationException("a merge reads from the first entry on");
    }

    @Given
    @Override
    public void seekToLast() {
        throw new UnsupportedOperationException("a merge reads from the first entry on");
    }

    @Given
    @Override
    public void prev() {
        throw new UnsupportedOperationException("a merge reads from the first entry on");
    }

    @Override
    public void close() {
        entries.close();
    }

    private void look() {
        deletion = null;
        if (!entries.isValid()) {
            return;
        }
        Slice key = entries.key();
        Slice itsUser = InternalKey.userKey(key);
        boolean isNewest = !itsUser.equals(user);
        user = itsUser;
        if (isNewest
                && InternalKey.kind(key) == ValueKind.VALUE
                && InternalKey.sequence(key) > newestSnapshot
                && filter.drops(itsUser, entries.value())) {
            deletion = InternalKey.of(itsUser, InternalKey.sequence(key), ValueKind.DELETION);
            dropped++;
        }
    }
}

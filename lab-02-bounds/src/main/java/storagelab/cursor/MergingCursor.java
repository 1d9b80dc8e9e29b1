package storagelab.cursor;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/**
 * A cursor over several sorted sources as if they were one. Where sources have the same key, the newest source's entry is
 * the one that counts, and if that is a tombstone, the key is not there.
 *
 * <p>Example, with {@code x†} for the tombstone of x, the newest source first:
 *
 * <pre>{@code
 * newest   {b†, d=4}
 *          {a=2, b=2}
 * oldest   {b=1, c=1, d=1}
 *
 * seekToFirst()    a=2    from the second source
 * next()           c=1    b is deleted: its tombstone, b=2 and b=1 are passed over
 * next()           d=4    from the newest source, although the oldest has d, too
 * prev()           c=1    a change of direction
 * seekBefore("c")  a=2    the last key less than c that is there
 * }</pre>
 *
 * <p><b>A tree of losers.</b> The sources play a knock-out tournament, in which the smaller key wins, and between equal keys
 * the newer source; the winner is the cursor's position. Each match remembers who lost it. When the winner's source moves
 * to its next entry, that entry plays only the matches on its way up, each against the loser who waits there: ⌈log₂ k⌉
 * matches for k sources, whoever wins. (Going backward, the greater key wins, and still the newer source.)
 *
 * <p>A match can also remember that both had the same key. Then nothing has to be compared to see whether the new winner has
 * the key of the old one: it does, if it lost against it with the same key. Two keys are the same if the order says so; that
 * need not be what {@code equals} says.
 *
 * <p><b>Change of direction.</b> Going forward, every source is at its first entry that is not less than the cursor's key.
 * Going backward, it has to be at its last entry that is not greater. So when the direction changes, all sources have to
 * move, those which have run off their end, too. One move each is enough to leave the cursor's key: of a source that is at
 * its first entry not less than the key, the one before is the last that is less; of one that is at none, it is the last.
 *
 * <p>Cost: a <em>step</em> moves one source by one entry and makes at most ⌈log₂ k⌉ + 1 comparisons of keys: the
 * matches, and one to see whether the new winner has the key that is being left. {@code next} and {@code prev} take one
 * step for each entry they leave behind: the one they were at, the older ones with the same key, and those of deleted
 * keys. A seek seeks in each source once; a change of direction moves or seeks each source at most twice, with leaving
 * the key; both make at most k · (⌈log₂ k⌉ + 1) comparisons, and then the steps for deleted keys. There may be no
 * sources; then every seek leads to none. No call but the constructors allocates memory. A source is asked for a value only
 * by {@link #value}, and only the one at whose entry the cursor is.
 *
 * <p>Errors: when a source throws while it is moved, so does this cursor, which is at no entry then; the next seek
 * positions every source anew.
 */
@Exercise(
        id = "2.7",
        title = "Merge sorted sources, forward and backward",
        points = 14,
        difficulty = Difficulty.HARD,
        hours = 5)
public final class MergingCursor implements Cursor {
    private static final int NONE = -1;

    private final EntryCursor[] sources;
    private final Comparator<? super Slice> order;
    private final @Nullable Slice[] keys; // where each source is; null if at no entry
    private final int[]
            losers; // of each match; match n is played by the winners of 2n and 2n + 1, source s begins at k + s
    private final boolean[] tied; // of each match, whether both had the same key
    private int winner; // of the whole tournament
    private int current = NONE; // the winner, when its entry is the cursor's position
    private boolean forward = true;
    private boolean closed;

    /**
     * A cursor at no entry, which compares keys as unsigned bytes.
     *
     * @param newestFirst the sources, wherever they are now; nobody else moves them from now on, and they are closed with
     *     this cursor
     */
    public MergingCursor(List<? extends EntryCursor> newestFirst) {
        this(newestFirst, Comparator.naturalOrder());
    }

    /**
     * The same with another order of keys, by which the sources are sorted. Keys are compared with {@code order} alone, so
     * that it can count.
     */
    public MergingCursor(List<? extends EntryCursor> newestFirst, Comparator<? super Slice> order) {
        this.sources = newestFirst.toArray(EntryCursor[]::new);
        this.order = order;
        this.keys = new Slice[sources.length];
        this.losers = new int[sources.length];
        this.tied = new boolean[sources.length];
    }

    @Override
    public boolean isValid() {
        checkOpen();
        return current != NONE;
    }

    @Override
    public void seekToFirst() {
        begin(true);
        for (EntryCursor source : sources) {
            source.seekToFirst();
        }
        playAll();
    }

    @Override
    public void seekToLast() {
        begin(false);
        for (EntryCursor source : sources) {
            source.seekToLast();
        }
        playAll();
    }

    @Override
    public void seek(Slice key) {
        begin(true);
        for (EntryCursor source : sources) {
            source.seek(key);
        }
        playAll();
    }

    @Override
    public void seekBefore(Slice key) {
        begin(false);
        for (EntryCursor source : sources) {
            source.seekBefore(key);
        }
        playAll();
    }

    @Override
    public void next() {
        checkAtEntry();
        if (forward) {
            leaveKey();
            skipDeleted();
        } else {
            turn();
        }
    }

    @Override
    public void prev() {
        checkAtEntry();
        if (forward) {
            turn();
        } else {
            leaveKey();
            skipDeleted();
        }
    }

    @Override
    public Slice key() {
        checkAtEntry();
        return sources[current].key();
    }

    @Override
    public Slice value() {
        checkAtEntry();
        return sources[current].value();
    }

    /**
     * {@inheritDoc} All sources are closed, each once, also if closing one of them fails: then the first failure is thrown in
     * the end, with the others suppressed. A second call does nothing, also after a failure.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        current = NONE;
        RuntimeException failure = null;
        for (EntryCursor source : sources) {
            try {
                source.close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void begin(boolean goingForward) {
        checkOpen();
        current = NONE;
        forward = goingForward;
    }

    /**
     * Moves every source to the other side of the current key. Going forward, a source is at its first entry that is not
     * less than that key, so the one before is its last that is less; and if it is at none, all its entries are less.
     */
    private void turn() {
        begin(!forward);
        for (int source = 0; source < sources.length; source++) {
            boolean atEntry = keys[source] != null;
            if (forward) {
                if (atEntry) {
                    sources[source].next();
                } else {
                    sources[source].seekToFirst();
                }
            } else if (atEntry) {
                sources[source].prev();
            } else {
                sources[source].seekToLast();
            }
        }
        playAll();
    }

    /** Moves past the winner's key in every source that is at it. */
    private void leaveKey() {
        current = NONE;
        boolean sameKey;
        do {
            sameKey = step();
        } while (sameKey);
    }

    /** Moves the winner by one entry and finds the new winner; says whether that has the key which the old one left. */
    private boolean step() {
        EntryCursor source = sources[winner];
        if (forward) {
            source.next();
        } else {
            source.prev();
        }
        keys[winner] = source.isValid() ? source.key() : null;
        boolean sameKey = false;
        int contender = winner;
        // Invariant: contender has won every match of its half below node.
        for (int node = (sources.length + winner) >>> 1; node > 0; node >>>= 1) {
            sameKey |= tied[node]; // who waits here lost against the old winner; with the same key, if they tied
            contender = playMatch(node, losers[node], contender);
        }
        winner = contender;
        return sameKey;
    }

    /** Plays the whole tournament, and moves on if the winner is a tombstone. */
    private void playAll() {
        for (int source = 0; source < sources.length; source++) {
            keys[source] = sources[source].isValid() ? sources[source].key() : null;
        }
        if (sources.length > 0) {
            winner = play(1);
            skipDeleted();
        }
    }

    private int play(int node) {
        if (node >= sources.length) {
            return node - sources.length;
        }
        return playMatch(node, play(2 * node), play(2 * node + 1));
    }

    /** Writes down who loses, and whether by age alone, and returns who wins. */
    private int playMatch(int node, int one, int other) {
        int comparison = compare(keys[one], keys[other]);
        boolean oneWins = comparison < 0 || (comparison == 0 && one < other);
        tied[node] = comparison == 0;
        losers[node] = oneWins ? other : one;
        return oneWins ? one : other;
    }

    /** Negative if {@code key} comes first in the direction of the cursor; that of a source at no entry comes last. */
    private int compare(@Nullable Slice key, @Nullable Slice otherKey) {
        if (key == null || otherKey == null) {
            return key == null ? (otherKey == null ? 0 : 1) : -1;
        }
        return forward ? order.compare(key, otherKey) : order.compare(otherKey, key);
    }

    /** Makes the winner the position, unless it is deleted: then the next that is not. */
    private void skipDeleted() {
        while (keys[winner] != null && sources[winner].isTombstone()) {
            leaveKey();
        }
        current = keys[winner] == null ? NONE : winner;
    }

    private void checkAtEntry() {
        if (current == NONE) {
            checkOpen();
            throw new IllegalStateException("the cursor is at no entry");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
    }
}

package storagelab.sstable;

import java.util.List;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;

/**
 * Several cursors as one: all their entries in the order of internal keys. No two of them have an entry with the same
 * internal key, since every write has a sequence of its own; versions of one key of the user are entries like any others.
 *
 * <p>Example: of {@code {a@9, c@2}}, {@code {b@5}} and {@code {a@3, b@1, d@4}}:
 *
 * <pre>{@code
 * seekToFirst()   a@9    from the first
 * next()          a@3    from the third
 * next()          b@5    from the second, which is at its end after the next step
 * next()          b@1    from the third
 * prev()          b@5    a change of direction
 * seek(c@7)       c@2    the first entry that is not before c@7
 * }</pre>
 *
 * <p>Moving forward, every cursor is at its first entry that is not before the one of the merge; the smallest of them
 * is the answer. Moving backward, every other cursor is at its last entry before it. Turning round puts the others
 * where the new direction needs them, those that have run off their end, too.
 *
 * <p>Runs are long: often the next entry comes from the same cursor as the last. So the merge remembers the
 * <em>runner-up</em>, and as long as the leader stays ahead of it, a step costs one comparison, however many cursors
 * there are.
 *
 * <p>Cost: a seek is one seek in each cursor. A step moves one cursor by one entry, and no other is moved or sent anywhere;
 * it takes O(n) comparisons for n cursors, and one while the leader stays the same. Turning round makes at most four calls
 * that move for each cursor. There may be no cursors: then every seek leads to no entry.
 *
 * <p>After {@link #close} the cursor is at no entry. Concurrency: one thread.
 */
@ExercisePart("5.15")
public final class InternalMergingCursor implements InternalCursor {
    private static final int NONE = -1;

    private final InternalCursor[] cursors;
    private final Slice[] keys; // null of those that are at no entry
    private int leader = NONE;
    private int runnerUp = NONE;
    private boolean forward = true;

    /** A merge of {@code cursors}, at no entry; they are closed with it, and nobody else moves them from now on. */
    public InternalMergingCursor(List<? extends InternalCursor> cursors) {
        this.cursors = cursors.toArray(InternalCursor[]::new);
        this.keys = new Slice[this.cursors.length];
    }

    @Override
    public boolean isValid() {
        return leader != NONE;
    }

    @Override
    public void seekToFirst() {
        forward = true;
        for (int i = 0; i < cursors.length; i++) {
            cursors[i].seekToFirst();
            look(i);
        }
        choose();
    }

    @Override
    public void seekToLast() {
        forward = false;
        for (int i = 0; i < cursors.length; i++) {
            cursors[i].seekToLast();
            look(i);
        }
        choose();
    }

    @Override
    public void seek(Slice internalKey) {
        forward = true;
        for (int i = 0; i < cursors.length; i++) {
            cursors[i].seek(internalKey);
            look(i);
        }
        choose();
    }

    @Override
    public void next() {
        checkValid();
        if (!forward) {
            turnForward();
        }
        cursors[leader].next();
        look(leader);
        chooseAgain();
    }

    @Override
    public void prev() {
        checkValid();
        if (forward) {
            turnBackward();
        }
        cursors[leader].prev();
        look(leader);
        chooseAgain();
    }

    @Override
    public Slice key() {
        checkValid();
        return keys[leader];
    }

    @Override
    public Slice value() {
        checkValid();
        return cursors[leader].value();
    }

    @Override
    public void close() {
        leader = NONE;
        for (InternalCursor cursor : cursors) {
            cursor.close();
        }
    }

    /** The others are at their last entry before the leader's; the one behind it, or their first, is not before it. */
    private void turnForward() {
        for (int i = 0; i < cursors.length; i++) {
            if (i != leader) {
                if (keys[i] != null) {
                    cursors[i].next();
                } else {
                    cursors[i].seekToFirst();
                }
                look(i);
            }
        }
        forward = true;
        runnerUp = NONE;
    }

    /** The others are at their first entry that is not before the leader's; the one in front of it, or their last, is. */
    private void turnBackward() {
        for (int i = 0; i < cursors.length; i++) {
            if (i != leader) {
                if (keys[i] != null) {
                    cursors[i].prev();
                } else {
                    cursors[i].seekToLast();
                }
                look(i);
            }
        }
        forward = false;
        runnerUp = NONE;
    }

    @SuppressWarnings("NullAway") // a key is asked for only where a cursor is at an entry
    private void look(int index) {
        keys[index] = cursors[index].isValid() ? cursors[index].key() : null;
    }

    /** The leader has moved, the others have not: it still leads, or the runner-up does. */
    private void chooseAgain() {
        if (runnerUp == NONE) {
            choose();
        } else if (keys[leader] == null || !isAhead(leader, runnerUp)) {
            leader = runnerUp;
            runnerUp = first(leader);
        }
    }

    private void choose() {
        leader = first(NONE);
        runnerUp = first(leader);
    }

    /** Which cursor leads if one is left out; none if no other is at an entry. */
    private int first(int except) {
        int first = NONE;
        for (int i = 0; i < cursors.length; i++) {
            if (i != except && keys[i] != null && (first == NONE || isAhead(i, first))) {
                first = i;
            }
        }
        return first;
    }

    private boolean isAhead(int one, int other) {
        int order = InternalKeyOrder.ORDER.compare(keys[one], keys[other]);
        return forward ? order < 0 : order > 0;
    }

    private void checkValid() {
        if (leader == NONE) {
            throw new IllegalStateException("the cursor is at no entry");
        }
    }
}

package storagelab.btree;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Solution;
import storagelab.page.Frame;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/** Gets from an open tree beside the writer, without a lock. */
public final class TreeReader {
    private TreeReader() {}

    /**
     * The value that {@code key} has now.
     *
     * <p>A reader that locks pages keeps the writer from changing them, and two readers of the root keep each other's
     * processors busy with the lock of the root. So this one locks nothing. It reads as if it were alone, and asks
     * afterwards whether it was. It begins at the {@linkplain SharedTree#state state} that was published last and goes
     * down to a leaf. Three things may happen under its hands:
     *
     * <ul>
     *   <li><em>The writer publishes another root.</em> That does no harm: the old pages are still what they were, and
     *       the answer is the one of a moment during the call.
     *   <li><em>The writer changes the leaf in place</em> ({@link LeafChange}). What was read then may be nonsense:
     *       half of one cell and half of another, an offset beyond the page, an exception. {@link Frame#stamp} before
     *       and {@link Frame#isUnchangedSince} after say whether it happened; then the leaf is read again. The value
     *       has to be <em>copied</em> before that is asked. (Branches are never changed in place.)
     *   <li><em>A page that was given up becomes another page</em>, because nobody holds the version that this reader
     *       looks at: {@link SharedTree#reuses} before the state is read and {@link SharedTree#isWithoutReuseSince} at the
     *       end, overflow pages included. If it happened, the whole search is repeated; and so it is if it ends in an
     *       exception meanwhile.
     * </ul>
     *
     * <p>An exception is passed on only if neither happened: then the page really is damaged, say. A reader that is
     * disturbed again and again ({@value #ATTEMPTS_MAX} times, in one way or the other) {@linkplain SharedTree#freeze
     * freezes} the state and reads that; so it comes to an end whatever the writer does. It releases the version when
     * it is done.
     *
     * <p>Example: a reader takes the stamp 8 of a leaf and finds the cell of its key at offset 3000. Now the writer
     * replaces the value by a longer one: the stamp is 9, the cell is written at 2800, the bytes at 3000 are dead, the
     * page is compacted, the stamp is 10. The reader copies what is at 3000, parts of another value, asks, and is told
     * that the stamp is not 8 any more. It takes 10 and finds 2800.
     *
     * <p>Cost: one page a level; no lock, nothing is written that other readers read; one copy of the value.
     *
     * @return a copy of the value
     */
    @Exercise(
            id = "4.14",
            title = "Readers that do not wait, and snapshots",
            points = 9,
            difficulty = Difficulty.HARD,
            hours = 6,
            needs = {"4.3", "4.5", "4.6", "4.7", "4.10", "4.11", "4.13"})
    public static Optional<Slice> get(SharedTree tree, Slice key) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            long reuses = tree.reuses();
            try {
                Optional<Slice> value = find(tree, key);
                if (tree.isWithoutReuseSince(reuses)) {
                    return value;
                }
            } catch (Disturbed e) {
                break;
            } catch (RuntimeException e) {
                if (tree.isWithoutReuseSince(reuses)) {
                    throw e;
                }
            }
        }
        TreeState state = tree.freeze();
        try {
            Slice payload = TreeSearch.payload(tree, state.root(), key);
            return payload == null ? Optional.empty() : Optional.of(StoredValue.load(tree, payload));
        } finally {
            tree.reclaimer().release(state.version());
        }
    }

    private static final int ATTEMPTS_MAX = 100;

    @Solution
    private static Optional<Slice> find(SharedTree tree, Slice key) {
        int page = tree.state().root();
        if (page == PageSource.NO_PAGE) {
            return Optional.empty();
        }
        Slice payload = payload(leaf(tree, page, key), key);
        if (payload == null) {
            return Optional.empty();
        }
        return Optional.of(StoredValue.load(tree, payload));
    }

    /** The leaf that the key belongs to. */
    @Solution
    static Frame leaf(SharedTree tree, int root, Slice key) {
        Frame frame = tree.pool().read(root);
        while (PageLayout.kind(frame.bytes()) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(frame.bytes());
            frame = tree.pool().read(branch.child(branch.childIndex(key)));
        }
        return frame;
    }

    /** A copy of what the leaf has under the key, when it was not being changed. */
    @Solution
    private static @Nullable Slice payload(Frame frame, Slice key) {
        SlottedPage leaf = new SlottedPage(frame.bytes());
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            long stamp = frame.stamp();
            try {
                int index = leaf.indexOf(key);
                Slice copy = index < 0 ? null : Slice.wrap(leaf.payload(index).toByteArray());
                if (frame.isUnchangedSince(stamp)) {
                    return copy;
                }
            } catch (RuntimeException e) {
                if (frame.isUnchangedSince(stamp)) {
                    throw e;
                }
            }
        }
        throw new Disturbed();
    }

    /** The leaf was being changed whenever it was looked at. */
    @Solution
    private static final class Disturbed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Disturbed() {
            super(null, null, false, false);
        }
    }
}

package storagelab.btree;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.course.ExercisePart;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.StoreCursor;

/**
 * A snapshot of an open tree: a root, whose pages stay as they are while its version is held.
 *
 * <p>Taking one copies nothing: {@link SharedTree#freeze} makes the pages there are now such that are not changed any
 * more, and holds the version. Closing it {@linkplain PageReclaimer#release releases} the version. What it costs is
 * paid by the writer, who copies a page the first time that it is changed after a snapshot; and in file space, for the
 * numbers of the old pages are not used again until it is closed.
 *
 * <p>Because its pages do not change, it hands out their bytes and copies none, and they stay what they are even when
 * the snapshot is closed: arrays of pages are not used twice.
 *
 * <p>Errors: as {@link Snapshot} says. A get that is under way when another thread closes the snapshot, or the store,
 * has its answer, or throws what a get would throw that begins now: {@link IllegalStateException}, or {@link
 * storagelab.api.StoreClosedException} ({@link SharedTree#checkOpen}). Not the answer from a page that has become another
 * one meanwhile, nor whatever went wrong when it was read.
 */
@ExercisePart("4.14")
public final class BTreeSnapshot implements Snapshot {
    private final SharedTree tree;
    private volatile @Nullable TreeState held; // null when closed; changed under this

    /** A snapshot of what is published in {@code tree} now. */
    public BTreeSnapshot(SharedTree tree) {
        this.tree = tree;
        this.held = tree.freeze();
    }

    @Override
    public Optional<Slice> get(Slice key) {
        TreeState state = state();
        Slice value;
        try {
            Slice payload = TreeSearch.payload(tree, state.root(), key);
            value = payload == null ? null : StoredValue.load(tree, payload);
        } catch (RuntimeException e) {
            state(); // says so if it, or the store, was closed under our hands
            throw e;
        }
        state(); // nor was it closed before the last page was read, so that no page was another's
        return Optional.ofNullable(value);
    }

    /** {@inheritDoc} The cursor holds the version for itself. */
    @Override
    public synchronized Cursor cursor(KeyRange range) {
        TreeState state = state();
        tree.reclaimer().hold(state.version());
        return new StoreCursor(
                new RangeCursor(new BTreeCursor(tree, state.root()), range),
                tree::checkOpen,
                () -> tree.reclaimer().release(state.version()));
    }

    @Override
    public synchronized void close() {
        TreeState state = held;
        if (state != null) {
            held = null;
            tree.reclaimer().release(state.version());
        }
    }

    private TreeState state() {
        TreeState state = held;
        if (state == null) {
            throw new IllegalStateException("the snapshot is closed");
        }
        tree.checkOpen();
        return state;
    }
}

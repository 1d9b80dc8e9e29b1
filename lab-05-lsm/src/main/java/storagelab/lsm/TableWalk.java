package storagelab.lsm;

import java.io.Closeable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.SsTable;

/**
 * A walk through all entries of a table, which is closed at its end. Blocks that are damaged are passed over, and a
 * listener is told of each. One block is in memory. Concurrency: one thread.
 */
final class TableWalk implements Closeable {
    private final SsTable table;
    private final Consumer<CorruptionException> damages;
    private final InternalCursor entries;
    private @Nullable Slice key; // of the entry it is at
    private boolean hasBegun;
    private boolean isWhole = true;

    /** A walk that stands before the first entry of {@code table}. */
    TableWalk(SsTable table, Consumer<CorruptionException> damages) {
        this.table = table;
        this.damages = damages;
        this.entries = table.salvageCursor(this::passOver);
    }

    /** Moves to the next entry. Returns whether there is one. */
    boolean next() {
        try {
            if (hasBegun) {
                entries.next();
            } else {
                hasBegun = true;
                entries.seekToFirst();
            }
            key = entries.isValid() ? entries.key() : null;
        } catch (CorruptionException e) { // in a block whose checksum is right
            passOver(e);
            key = null;
        }
        return key != null;
    }

    /** The internal key of the entry that it is at. */
    Slice key() {
        if (key == null) {
            throw new IllegalStateException("the walk is at no entry");
        }
        return key;
    }

    /** Whether nothing was passed over so far. */
    boolean isWhole() {
        return isWhole;
    }

    @Override
    public void close() {
        entries.close();
        table.close();
    }

    private void passOver(CorruptionException damage) {
        isWhole = false;
        damages.accept(damage);
    }
}

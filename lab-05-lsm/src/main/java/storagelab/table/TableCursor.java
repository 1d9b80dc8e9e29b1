package storagelab.table;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/**
 * A position in a {@link Table}: one in its index, and one in the data block that the index leads to. A block is read when the
 * cursor comes to it, and not before.
 *
 * <p>Cost: a seek reads one block; a step into the next block reads that.
 */
final class TableCursor implements InternalCursor {
    private final Table table;
    private final BlockCursor blocks;
    private @Nullable BlockCursor entries;

    TableCursor(Table table) {
        this.table = table;
        this.blocks = table.blocks();
    }

    @Override
    public boolean isValid() {
        return entries != null && entries.isValid();
    }

    @Override
    public void seekToFirst() {
        blocks.seekToFirst();
        open();
        if (entries != null) {
            entries.seekToFirst();
        }
        forward();
    }

    @Override
    public void seekToLast() {
        blocks.seekToLast();
        open();
        if (entries != null) {
            entries.seekToLast();
        }
        backward();
    }

    @Override
    public void seek(Slice internalKey) {
        blocks.seek(internalKey);
        open();
        if (entries != null) {
            entries.seek(internalKey);
        }
        forward(); // a separator may be greater than every key of its block
    }

    @Override
    public void next() {
        current().next();
        forward();
    }

    @Override
    public void prev() {
        current().prev();
        backward();
    }

    @Override
    public Slice key() {
        return current().key();
    }

    @Override
    public Slice value() {
        return current().value();
    }

    @Override
    public void close() {
        entries = null;
    }

    private BlockCursor current() {
        if (entries == null) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return entries;
    }

    private void open() {
        entries = blocks.isValid() ? table.block(table.handle(blocks.value())).cursor() : null;
    }

    private void forward() {
        while (entries != null && !entries.isValid()) {
            blocks.next();
            open();
            if (entries != null) {
                entries.seekToFirst();
            }
        }
    }

    private void backward() {
        while (entries != null && !entries.isValid()) {
            blocks.prev();
            open();
            if (entries != null) {
                entries.seekToLast();
            }
        }
    }
}

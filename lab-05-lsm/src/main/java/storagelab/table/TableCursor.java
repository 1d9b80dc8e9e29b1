package storagelab.table;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/**
 * A position in a {@link Table}: one in its index, and one in the data block that the index leads to. A block is read
 * when the cursor comes to it, and not before.
 *
 * <p>Cost: a seek reads one block; a step into the next block reads that.
 */
final class TableCursor implements InternalCursor {
    private final Table table;
    private final TableIndex index;
    private int block; // of the index
    private @Nullable BlockCursor entries;

    TableCursor(Table table) {
        this.table = table;
        this.index = table.index();
    }

    @Override
    public boolean isValid() {
        return entries != null && entries.isValid();
    }

    @Override
    public void seekToFirst() {
        open(0);
        if (entries != null) {
            entries.seekToFirst();
        }
        forward();
    }

    @Override
    public void seekToLast() {
        open(index.count() - 1);
        if (entries != null) {
            entries.seekToLast();
        }
        backward();
    }

    @Override
    public void seek(Slice internalKey) {
        open(index.find(InternalKey.userKey(internalKey), InternalKey.tag(internalKey)));
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

    private void open(int number) {
        block = number;
        entries = number < 0 || number >= index.count()
                ? null
                : table.block(number).cursor();
    }

    private void forward() {
        while (entries != null && !entries.isValid()) {
            open(block + 1);
            if (entries != null) {
                entries.seekToFirst();
            }
        }
    }

    private void backward() {
        while (entries != null && !entries.isValid()) {
            open(block - 1);
            if (entries != null) {
                entries.seekToLast();
            }
        }
    }
}

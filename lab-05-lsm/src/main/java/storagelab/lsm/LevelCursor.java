package storagelab.lsm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.table.InternalCursor;

/**
 * A position in the tables of a level other than 0, which are disjoint and in order: one table after the other. A table
 * is touched when the cursor comes to it, and not before.
 *
 * <p>Concurrency: one thread.
 */
final class LevelCursor implements InternalCursor {
    private final OpenTables tables;
    private final Version version;
    private final int level;
    private final List<FileMetadata> files;
    private int index;
    private @Nullable InternalCursor entries;

    LevelCursor(OpenTables tables, Version version, int level) {
        this.tables = tables;
        this.version = version;
        this.level = level;
        this.files = version.files(level);
    }

    @Override
    public boolean isValid() {
        return entries != null && entries.isValid();
    }

    @Override
    public void seekToFirst() {
        to(0);
        if (entries != null) {
            entries.seekToFirst();
        }
        forward();
    }

    @Override
    public void seekToLast() {
        to(files.size() - 1);
        if (entries != null) {
            entries.seekToLast();
        }
        backward();
    }

    @Override
    public void seek(Slice internalKey) {
        to(version.firstNotBefore(level, internalKey));
        if (entries != null) {
            entries.seek(internalKey);
        }
        forward();
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

    private InternalCursor current() {
        if (entries == null) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return entries;
    }

    private void to(int file) {
        if (file != index || entries == null) {
            index = file;
            entries = file < 0 || file >= files.size()
                    ? null
                    : tables.get(files.get(file)).cursor();
        }
    }

    private void forward() {
        while (entries != null && !entries.isValid()) {
            to(index + 1);
            if (entries != null) {
                entries.seekToFirst();
            }
        }
    }

    private void backward() {
        while (entries != null && !entries.isValid()) {
            to(index - 1);
            if (entries != null) {
                entries.seekToLast();
            }
        }
    }
}

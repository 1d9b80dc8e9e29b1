package storagelab.query.plan;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.query.Reads;
import storagelab.query.Row;
import storagelab.query.SecondaryIndex;
import storagelab.query.TableLayout;

/** The operators that read from a store. */
final class ScanOperators {
    private ScanOperators() {}

    /** Walks over a range of keys in one direction. */
    private abstract static class Scan extends Operator {
        private final Supplier<Cursor> opener;
        private final boolean isBackward;
        private @Nullable Cursor cursor;

        Scan(Supplier<Cursor> opener, boolean isBackward) {
            this.opener = opener;
            this.isBackward = isBackward;
        }

        /** The row of an entry, which is counted. */
        abstract Row decode(Slice key, Slice value);

        @Override
        final @Nullable Row advance() {
            Cursor entries = cursor;
            if (entries == null) {
                entries = opener.get();
                cursor = entries;
                counter.seeks++;
                if (isBackward) {
                    entries.seekToLast();
                } else {
                    entries.seekToFirst();
                }
            } else if (!entries.isValid()) {
                return null;
            } else if (isBackward) {
                entries.prev();
            } else {
                entries.next();
            }
            return entries.isValid() ? decode(entries.key(), entries.value()) : null;
        }

        @Override
        final void release() {
            if (cursor != null) {
                cursor.close();
            }
        }
    }

    /** Rows in the order of the primary key. */
    static final class TableScan extends Scan {
        private final TableLayout layout;

        TableScan(Reads reads, TableLayout layout, KeyRange range, boolean isBackward) {
            super(() -> reads.cursor(range), isBackward);
            this.layout = layout;
        }

        @Override
        Row decode(Slice key, Slice value) {
            counter.rows++;
            return layout.row(key, value);
        }
    }

    /** Entries of an index in its order. */
    static final class IndexScan extends Scan {
        private final SecondaryIndex index;

        IndexScan(Reads reads, SecondaryIndex index, KeyRange range, boolean isBackward) {
            super(() -> reads.cursor(range), isBackward);
            this.index = index;
        }

        @Override
        Row decode(Slice key, Slice value) {
            counter.entries++;
            return index.decode(key, value);
        }
    }

    /** At most one row, under one key. */
    abstract static class Lookup extends Operator {
        private final Reads reads;
        private final Slice key;
        private boolean isDone;

        Lookup(Reads reads, Slice key) {
            this.reads = reads;
            this.key = key;
        }

        abstract Row decode(Slice foundKey, Slice value);

        @Override
        final @Nullable Row advance() {
            if (isDone) {
                return null;
            }
            isDone = true;
            counter.fetches++;
            Optional<Slice> value = reads.get(key);
            return value.isPresent() ? decode(key, value.get()) : null;
        }
    }

    /** The row with a primary key. */
    static Operator lookup(Reads reads, TableLayout layout, Row primaryKey) {
        return new Lookup(reads, layout.key(primaryKey)) {
            @Override
            Row decode(Slice foundKey, Slice value) {
                return layout.rowOf(primaryKey, value);
            }
        };
    }

    /** The entry of a unique index that has one value in each column. */
    static Operator lookup(Reads reads, SecondaryIndex index, Slice key) {
        return new Lookup(reads, key) {
            @Override
            Row decode(Slice foundKey, Slice value) {
                return index.decode(foundKey, value);
            }
        };
    }

    /** The whole rows of those whose primary keys the input knows. */
    static final class Fetch extends Operator {
        private final Reads reads;
        private final TableLayout layout;
        private final Operator input;

        Fetch(Reads reads, TableLayout layout, Operator input) {
            super(input);
            this.reads = reads;
            this.layout = layout;
            this.input = input;
        }

        @Override
        @Nullable
        Row advance() {
            Row known = input.next();
            if (known == null) {
                return null;
            }
            Slice key = layout.keyOf(known);
            counter.fetches++;
            Slice value = reads.get(key)
                    .orElseThrow(() -> new AssertionError("an index has an entry for the row " + key
                            + ", which is not there; Database.verify() says which"));
            return layout.row(key, value);
        }
    }
}

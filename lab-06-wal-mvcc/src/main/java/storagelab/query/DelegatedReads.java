package storagelab.query;

import java.util.Optional;
import java.util.function.Function;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

/**
 * Reads that are two functions of another object.
 *
 * @param values returns the value of a key
 * @param cursors returns a cursor over a range
 */
record DelegatedReads(Function<Slice, Optional<Slice>> values, Function<KeyRange, Cursor> cursors) implements Reads {
    @Override
    public Optional<Slice> get(Slice key) {
        return values.apply(key);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        return cursors.apply(range);
    }
}

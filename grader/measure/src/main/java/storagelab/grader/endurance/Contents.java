package storagelab.grader.endurance;

import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;

/** Compares a store with what should be in it, entry by entry, so that a failure halfway has shown nothing wrong before. */
final class Contents {
    private Contents() {}

    /** Throws {@link AssertionError} unless a cursor shows just what {@code expected} has. */
    static void check(OrderedStore store, NavigableMap<Slice, Slice> expected, String what) {
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            check(cursor, expected, what);
        }
    }

    /** Throws {@link AssertionError} unless {@code cursor} shows just what {@code expected} has. */
    static void check(Cursor cursor, NavigableMap<Slice, Slice> expected, String what) {
        Iterator<Map.Entry<Slice, Slice>> entries = expected.entrySet().iterator();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            if (!entries.hasNext()) {
                throw new AssertionError(what + " has " + cursor.key() + ", which should not be there");
            }
            Map.Entry<Slice, Slice> entry = entries.next();
            if (!entry.getKey().equals(cursor.key()) || !entry.getValue().equals(cursor.value())) {
                throw new AssertionError(what + " has " + cursor.key() + " where " + entry.getKey()
                        + " should be, or another value under it");
            }
        }
        if (entries.hasNext()) {
            throw new AssertionError(what + " lacks " + entries.next().getKey());
        }
    }
}

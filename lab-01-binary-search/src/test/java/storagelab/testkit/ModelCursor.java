package storagelab.testkit;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Entry;

/**
 * Where a cursor has to be: an index into the sorted entries, found by looking at each of them, so that there is nothing
 * in it that could be wrong in the way a cursor is.
 */
final class ModelCursor {
    private static final int NONE = -1;

    private final List<Entry> sorted;
    private int index = NONE;

    ModelCursor(List<Entry> sorted) {
        this.sorted = List.copyOf(sorted);
    }

    /** The entry the cursor has to be at, or nothing. */
    Optional<Entry> entry() {
        return index == NONE ? Optional.empty() : Optional.of(sorted.get(index));
    }

    /**
     * Moves {@code cursor} and this, and says in words how they disagree then; null if they do not.
     *
     * @param entryAt reads the entry that a cursor is at
     */
    @Nullable
    String disagreementAfter(CursorMove move, Cursor cursor, Function<Cursor, Entry> entryAt) {
        if (index == NONE && move.kind().isStep()) {
            try {
                move.move(cursor);
                return "expected an IllegalStateException, because the cursor is at no entry";
            } catch (IllegalStateException expected) {
                return disagreement(cursor, entryAt);
            }
        }
        move.move(cursor);
        apply(move);
        return disagreement(cursor, entryAt);
    }

    private @Nullable String disagreement(Cursor cursor, Function<Cursor, Entry> entryAt) {
        Optional<Entry> expected = entry();
        Optional<Entry> seen = cursor.isValid() ? Optional.of(entryAt.apply(cursor)) : Optional.empty();
        return seen.equals(expected)
                ? null
                : "expected the cursor at " + inWords(expected) + ", it is at " + inWords(seen);
    }

    private void apply(CursorMove move) {
        int less = 0;
        while (less < sorted.size() && sorted.get(less).key().compareTo(move.key()) < 0) {
            less++;
        }
        int target = switch (move.kind()) {
            case FIRST -> 0;
            case LAST -> sorted.size() - 1;
            case SEEK -> less;
            case BEFORE -> less - 1;
            case NEXT -> index + 1;
            case PREV -> index - 1;
        };
        index = target >= 0 && target < sorted.size() ? target : NONE;
    }

    private static String inWords(Optional<Entry> entry) {
        return entry.map(ModelCursor::inWords).orElse("none");
    }

    /** {@code "a"="1"}, and {@code "a"†} for a tombstone. */
    static String inWords(Entry entry) {
        String key = StoreMatchers.show(entry.key());
        return entry.tombstone() ? key + "†" : key + "=" + StoreMatchers.show(entry.value());
    }
}

package storagelab.testkit;

import storagelab.api.Cursor;
import storagelab.api.Slice;

/**
 * One movement of a cursor.
 *
 * @param kind which
 * @param key where to, for a seek to a key; empty otherwise
 */
public record CursorMove(Kind kind, Slice key) {
    /** The six ways to move a cursor. */
    public enum Kind {
        /** {@link Cursor#seekToFirst}. */
        FIRST,
        /** {@link Cursor#seekToLast}. */
        LAST,
        /** {@link Cursor#seek}. */
        SEEK,
        /** {@link Cursor#seekBefore}. */
        BEFORE,
        /** {@link Cursor#next}. */
        NEXT,
        /** {@link Cursor#prev}. */
        PREV;

        /** Whether it leads to a key. */
        public boolean hasKey() {
            return this == SEEK || this == BEFORE;
        }

        /** Whether it begins where the cursor is, so that the cursor must be at an entry. */
        public boolean isStep() {
            return this == NEXT || this == PREV;
        }
    }

    /** A move without a key. */
    public static CursorMove of(Kind kind) {
        return new CursorMove(kind, Slice.EMPTY);
    }

    /** Moves {@code cursor}. */
    public void move(Cursor cursor) {
        switch (kind) {
            case FIRST -> cursor.seekToFirst();
            case LAST -> cursor.seekToLast();
            case SEEK -> cursor.seek(key);
            case BEFORE -> cursor.seekBefore(key);
            case NEXT -> cursor.next();
            case PREV -> cursor.prev();
        }
    }

    /** The call, as it would stand in a program. */
    @Override
    public String toString() {
        String argument = kind.hasKey() ? TraceText.print(key) : "";
        return switch (kind) {
            case FIRST -> "seekToFirst()";
            case LAST -> "seekToLast()";
            case SEEK -> "seek(" + argument + ")";
            case BEFORE -> "seekBefore(" + argument + ")";
            case NEXT -> "next()";
            case PREV -> "prev()";
        };
    }
}

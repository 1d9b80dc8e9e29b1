package storagelab.grader.hidden.lab05;

import java.util.Random;
import storagelab.api.Slice;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;

/** A random move, in words, that several cursors make; those that are at no entry are sent somewhere. */
record CursorMoves(String name, Slice sought) {
    static CursorMoves random(Random random, boolean isValid) {
        String[] names = {"next", "next", "next", "prev", "prev", "prev", "seek", "seekToFirst", "seekToLast"};
        int from = isValid ? 0 : 6;
        return new CursorMoves(
                names[from + random.nextInt(names.length - from)],
                Blocks.put(String.valueOf((char) ('a' + random.nextInt(10))), random.nextInt(42)));
    }

    void make(InternalCursor cursor) {
        switch (name) {
            case "next" -> cursor.next();
            case "prev" -> cursor.prev();
            case "seek" -> cursor.seek(sought);
            case "seekToFirst" -> cursor.seekToFirst();
            default -> cursor.seekToLast();
        }
    }

    @Override
    public String toString() {
        return name.equals("seek") ? "seek(" + InternalKey.toString(sought) + ")" : name + "()";
    }
}

package storagelab.grader.hidden.kit;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import storagelab.api.Cursor;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.sortedlog.FileNames;

/** Content of stores as text, {@code "a=1 b=2"}, and the files that it is in. */
public final class StoreTexts {
    private StoreTexts() {}

    /** Puts what {@code content} says, one key after the other. */
    public static void put(KeyValueStore store, String content) {
        for (String assignment : content.split(" ", -1)) {
            int equals = assignment.indexOf('=');
            store.put(Slice.utf8(assignment.substring(0, equals)), Slice.utf8(assignment.substring(equals + 1)));
        }
    }

    /** What {@code cursor} shows, from the first entry to the last. */
    public static String walk(Cursor cursor) {
        List<String> entries = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            entries.add(cursor.key() + "=" + cursor.value());
        }
        return String.join(" ", entries);
    }

    /** Fails unless {@code cursor}, which is {@code which}, shows {@code expected} in both directions. */
    public static void assertShows(String expected, Cursor cursor, String which) {
        assertEquals(expected, walk(cursor), "what a cursor shows, forward: " + which);
        List<String> backward = new ArrayList<>();
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            backward.add(cursor.key() + "=" + cursor.value());
        }
        Collections.reverse(backward);
        assertEquals(expected, String.join(" ", backward), "what a cursor shows, backward: " + which);
    }

    /** The tables in {@code directory}, the oldest first. */
    public static List<Path> tables(Path directory) {
        return FileNames.numbered(directory).stream().filter(FileNames::isTable).toList();
    }

    /** How many of {@code files} there are. */
    public static long existing(List<Path> files) {
        return files.stream().filter(Files::exists).count();
    }
}

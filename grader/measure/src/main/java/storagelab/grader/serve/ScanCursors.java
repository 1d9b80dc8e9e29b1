package storagelab.grader.serve;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import storagelab.api.Slice;

/**
 * Where the scans of clients go on, by the numbers that clients were given for the places: a key does not fit into the 64 bits that
 * Redis has for a place. A number stays valid until so many later ones were given that its place is forgotten.
 *
 * <p>Concurrency: one thread at a time.
 */
final class ScanCursors {
    private static final int PLACES_MAX = 10_000;
    private static final long BYTES_MAX = 16 << 20;

    private final Map<Long, Slice> places = new LinkedHashMap<>();
    private long last;
    private long bytes;

    /** A number for the place after {@code key}. */
    long remember(Slice key) {
        last++;
        places.put(last, key);
        bytes += key.length();
        Iterator<Slice> oldest = places.values().iterator();
        while (places.size() > PLACES_MAX || (bytes > BYTES_MAX && places.size() > 1)) {
            bytes -= oldest.next().length();
            oldest.remove();
        }
        return last;
    }

    /**
     * The key before the place that {@code cursor} is.
     *
     * @throws CommandException if it is not known any more
     */
    Slice place(Slice cursor) {
        Long number = Numbers.parse(cursor);
        if (number == null) {
            throw new CommandException("ERR invalid cursor");
        }
        Slice key = places.get(number);
        if (key == null) {
            throw new CommandException("ERR invalid cursor: it is not of this server, or too many"
                    + " scans have gone on since; begin again with SCAN 0");
        }
        return key;
    }
}

package storagelab.grader.kv;

import java.util.List;
import java.util.Map;

/**
 * How much room some entries take.
 *
 * @param lines for a person
 * @param numbers for a program
 */
record StoreSize(List<String> lines, Map<String, Object> numbers) {
    /** Entries that were read and counted. */
    static StoreSize counted(long entries, long bytes) {
        return new StoreSize(
                List.of("%,d bytes of keys and values in %s".formatted(bytes, Counted.of(entries, "entry"))),
                Map.of("entries", entries, "entryBytes", bytes));
    }
}

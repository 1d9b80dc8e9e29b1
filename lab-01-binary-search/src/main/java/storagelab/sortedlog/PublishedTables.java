package storagelab.sortedlog;

import java.util.List;

/**
 * Which files make up a store: what is published in its table list.
 *
 * @param newestFirst file numbers of the tables, the newest first
 * @param firstLog logs with a lower number are in the tables already; replaying one would bring back what was
 *     overwritten since
 */
public record PublishedTables(List<Long> newestFirst, long firstLog) {
    /** What a store without tables publishes. */
    public static final PublishedTables NONE = new PublishedTables(List.of(), 0);

    /** Copies the list. */
    public PublishedTables {
        newestFirst = List.copyOf(newestFirst);
    }
}

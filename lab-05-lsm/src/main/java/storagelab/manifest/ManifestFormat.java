package storagelab.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import storagelab.api.StorageIoException;

/**
 * What a manifest says of a table, and the name under which it says so. The name is that of the order of keys, since
 * LevelDB reads it first and refuses a store whose name it does not know.
 */
public enum ManifestFormat {
    /** LevelDB's: a level, a size and bounds. Enough where each level but 0 is a single run. */
    LEVELDB("leveldb.BytewiseComparator"),
    /**
     * Our own: a run and a time, too, under a tag that LevelDB does not know. LevelDB would take the tables of a level
     * for disjoint, find one of them with a key and not look at the others: an answer, and a wrong one. So it has to
     * refuse, and say why: the name is an edit of its own, the first of the manifest.
     */
    RUNS("storagelab.BytewiseComparator.runs");

    private final String comparator;

    ManifestFormat(String comparator) {
        this.comparator = comparator;
    }

    /**
     * Refuses an order of keys that no format has.
     *
     * @param doing what is refused, for the message
     * @param manifest that says it
     * @param name of the order; null if nothing was said
     * @throws StorageIoException if the name is that of no format
     */
    public static void checkComparator(String doing, Path manifest, @Nullable String name) {
        List<String> known = Stream.of(values()).map(ManifestFormat::comparator).toList();
        if (name != null && !known.contains(name)) {
            throw new StorageIoException(
                    doing,
                    new IOException(manifest.getFileName() + " says that its keys are in the order " + name
                            + ", and this program knows " + String.join(" and ", known)));
        }
    }

    /** The name of the order of keys that is written. On disk. */
    public String comparator() {
        return comparator;
    }
}

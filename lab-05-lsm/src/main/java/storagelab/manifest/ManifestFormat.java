package storagelab.manifest;

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

    /** The name of the order of keys that is written. On disk. */
    public String comparator() {
        return comparator;
    }
}

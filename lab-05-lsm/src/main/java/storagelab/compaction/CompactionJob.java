package storagelab.compaction;

import java.util.List;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.table.InternalCursor;
import storagelab.table.InternalKey;
import storagelab.table.InternalKeyOrder;

/**
 * Merges tables into new ones and leaves out what nobody can see any more ({@link EntryFilter}).
 *
 * <p>A new table ends when it has {@code tableBytes}, or when it overlaps so many tables of the level below the output
 * that merging it further would be dear. It never ends between two versions of a key.
 *
 * <p>Cost: reads and writes each byte of the inputs once. Concurrency: one thread.
 */
public final class CompactionJob {
    /** How many tables of the level below the output, in bytes, a table may overlap. */
    static final int GRANDPARENTS_MAX = 10;

    private final Compaction compaction;
    private final Version version;
    private final long tableBytes;
    private final EntryFilter filter;
    private int grandparent; // of the level below the output, the first that is not behind the entries yet
    private long grandparentBytes; // that the table which is being written overlaps

    /**
     * A job.
     *
     * @param version that the compaction was picked from
     * @param oldestSnapshot the smallest sequence that somebody may still read at
     * @param tableBytes when a table ends
     */
    public CompactionJob(Compaction compaction, Version version, long oldestSnapshot, long tableBytes) {
        this.compaction = compaction;
        this.version = version;
        this.tableBytes = tableBytes;
        this.filter = new EntryFilter(compaction, version, oldestSnapshot);
    }

    /**
     * Writes what stays of {@code inputs}, which are all entries of the compaction's tables in order.
     *
     * @return the new tables, which are on the disk
     */
    public List<FileMetadata> run(InternalCursor inputs, TableOutput output) {
        Slice last = null;
        for (inputs.seekToFirst(); inputs.isValid(); inputs.next()) {
            Slice key = inputs.key();
            Slice user = InternalKey.userKey(key);
            boolean isDropped = filter.drops(key);
            if (!user.equals(last)) {
                if (shouldCut(key, output)) {
                    output.cut();
                    grandparentBytes = 0;
                }
                last = user;
            }
            if (!isDropped) {
                output.add(key, inputs.value());
            }
        }
        return output.finish();
    }

    private boolean shouldCut(Slice key, TableOutput output) {
        int below = compaction.outputLevel() + 1;
        if (below < Version.LEVELS) {
            List<FileMetadata> files = version.files(below);
            while (grandparent < files.size() && isBehind(key, files.get(grandparent))) {
                grandparentBytes +=
                        output.sizeBytes() > 0 ? files.get(grandparent).sizeBytes() : 0;
                grandparent++;
            }
        }
        return output.sizeBytes() >= tableBytes || grandparentBytes / GRANDPARENTS_MAX > tableBytes;
    }

    private static boolean isBehind(Slice key, FileMetadata file) {
        return InternalKeyOrder.ORDER.compare(key, file.largest()) > 0;
    }
}

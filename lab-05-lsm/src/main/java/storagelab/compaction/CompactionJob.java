package storagelab.compaction;

import java.util.List;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.table.InternalCursor;
import storagelab.table.InternalKey;
import storagelab.table.InternalKeyOrder;
import storagelab.table.ValueKind;

/**
 * Merges tables into new ones and leaves out what nobody can see any more ({@link EntryFilter}), and what a {@link
 * CompactionFilter} says has had its time.
 *
 * <p>Entries come in the order of {@link InternalKeyOrder}: of a key, the newest first. Each that stays is appended to
 * the table that is being written. Before the first entry of a key, and never between two versions of one, that table
 * ends
 *
 * <ul>
 *   <li>if it has {@code tableBytes} or more, or
 *   <li>if it overlaps more than ten times {@code tableBytes} of the level below the output, where that is one run:
 *       merging it with that level would be dear. A table of that level counts when its last key is behind, if the
 *       table that is being written was not empty then.
 * </ul>
 *
 * <p>Example: run 9 has {@code a@9, b@8†, c@7}, run 5 has {@code a@3, b@2, d@1}. They are merged, and nothing older
 * has these keys. If the oldest snapshot is at 9, there remain {@code a@9, c@7, d@1}: {@code a@3} is hidden by {@code
 * a@9}, {@code b@2} by {@code b@8†}, and that hides nothing then. With a snapshot at 5 all six stay: the snapshot sees
 * {@code a@3} and {@code b@2}, and {@code b@8†} hides {@code b@2} from everybody else. Where nothing stays, no table
 * is written.
 *
 * <p>A job that fails, because a block of an input is damaged or the disk is full, changes nothing: the version still
 * has the inputs, and what was written is removed when the store is opened again.
 *
 * <p>Cost: reads each byte of the inputs once and writes each that stays once; a comparison of entries for each
 * doubling of the number of inputs. Concurrency: one thread. Source: LevelDB, {@code DoCompactionWork} in {@code
 * db/db_impl.cc} and {@code ShouldStopBefore} in {@code db/version_set.cc}.
 */
public final class CompactionJob {
    /** How many tables of the level below the output, in bytes, a table may overlap. */
    static final int GRANDPARENTS_MAX = 10;

    private final long tableBytes;
    private final EntryFilter filter;
    private final List<FileMetadata> grandparents; // tables of the level below the output, if they are one run
    private int grandparent; // the first that is not behind the entries yet
    private boolean hasEntries; // the table which is being written
    private long grandparentBytes; // that the table which is being written overlaps
    private CompactionFilter values = CompactionFilter.NONE;
    private long newestSnapshot;
    private long expired;

    /**
     * A job.
     *
     * @param version that the compaction was picked from
     * @param oldestSnapshot the smallest sequence that somebody may still read at
     * @param tableBytes when a table ends
     */
    public CompactionJob(Compaction compaction, Version version, long oldestSnapshot, long tableBytes) {
        this.tableBytes = tableBytes;
        this.filter = new EntryFilter(compaction, version, oldestSnapshot);
        this.grandparents = grandparents(compaction, version);
    }

    /**
     * Lets {@code values} drop values that are newer than {@code newestSnapshot}, the greatest sequence that a snapshot
     * reads at; -1 if there is none.
     *
     * @return this
     */
    public CompactionJob filteredBy(CompactionFilter values, long newestSnapshot) {
        this.values = values;
        this.newestSnapshot = newestSnapshot;
        return this;
    }

    /** How many values the filter of values has dropped. */
    public long expired() {
        return expired;
    }

    /** The tables of the level below the output, if they are one run; otherwise nothing is merged with some of them. */
    static List<FileMetadata> grandparents(Compaction compaction, Version version) {
        int below = compaction.outputLevel() + 1;
        boolean isRun = below < Version.LEVELS && version.runs(below).size() == 1;
        return isRun ? version.files(below) : List.of();
    }

    /**
     * Writes what stays of {@code inputs}, which are all entries of the compaction's tables in order.
     *
     * @return the new tables, which are on the disk; none if nothing stays
     * @throws CorruptionException if an input is damaged
     * @throws StorageIoException if an input cannot be read, or the output not written
     */
    public List<FileMetadata> run(InternalCursor inputs, TableOutput output) {
        Slice last = null;
        for (inputs.seekToFirst(); inputs.isValid(); inputs.next()) {
            Slice key = inputs.key();
            Slice user = InternalKey.userKey(key);
            Slice value = null;
            boolean isNewest = !user.equals(last);
            if (isNewest && values != CompactionFilter.NONE && isExpired(key, inputs.value())) {
                key = InternalKey.of(user, InternalKey.sequence(key), ValueKind.DELETION);
                value = Slice.EMPTY;
                expired++;
            }
            boolean isDropped = filter.drops(key);
            if (isNewest) {
                if (shouldCut(key, output)) {
                    output.cut();
                    grandparentBytes = 0;
                    hasEntries = false;
                }
                last = user;
            }
            if (!isDropped) {
                output.add(key, value == null ? inputs.value() : value);
                hasEntries = true;
            }
        }
        return output.finish();
    }

    private boolean isExpired(Slice key, Slice value) {
        return InternalKey.kind(key) == ValueKind.VALUE
                && InternalKey.sequence(key) > newestSnapshot
                && values.drops(InternalKey.userKey(key), value);
    }

    private boolean shouldCut(Slice key, TableOutput output) {
        while (grandparent < grandparents.size() && isBehind(key, grandparents.get(grandparent))) {
            grandparentBytes += hasEntries ? grandparents.get(grandparent).sizeBytes() : 0;
            grandparent++;
        }
        return output.sizeBytes() >= tableBytes || grandparentBytes / GRANDPARENTS_MAX > tableBytes;
    }

    private static boolean isBehind(Slice key, FileMetadata file) {
        return InternalKeyOrder.ORDER.compare(key, file.largest()) > 0;
    }
}

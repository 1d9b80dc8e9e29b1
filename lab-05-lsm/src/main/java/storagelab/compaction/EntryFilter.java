package storagelab.compaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.course.ExercisePart;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.sstable.InternalKey;

/**
 * Says which entries of a merge nobody can ever see again. It is asked about every entry, in order, so that of a key the
 * newest comes first.
 *
 * <ul>
 *   <li>An entry goes if the one that came before it has the same key, and is not newer than the oldest snapshot: whoever
 *       would read the older one sees that newer one, or one that is newer still. It does not matter whether the newer
 *       one has stayed.
 *   <li>A deletion goes, too, if it is not newer than the oldest snapshot and nothing that is older and stays may have the
 *       key: there is nothing left that it hides. If there were, it would come back from the dead.
 * </ul>
 *
 * <p>All others stay. What is older and stays are all tables that are behind the newest input in the order in which a get
 * looks at runs ({@link Version#runs()}), and are not inputs themselves: tables of deeper levels, <em>older runs of the
 * output's level and of the inputs' levels</em>, and other tables of the inputs' own runs. The newest input is the one in
 * the first run of that order. A table may have a key if the key is between the bounds of the table, both included; that
 * is all that is known without reading it.
 *
 * <p>Example, with the oldest snapshot at 7, and nothing older: of {@code a@9, a@6, a@4†, a@2} a snapshot at 7 or 8 sees
 * {@code a@6}, and nobody sees what is older. {@code a@9} and {@code a@6} stay.
 *
 * <p>Another: level 1 has the runs 9, 8 and 5, and run 9 has {@code b@20†}. Runs 9 and 8 are merged, and no snapshot
 * is held. If run 5 has keys from {@code a} to {@code c}, {@code b@20†} stays: run 5 may have {@code b@3}, and level 1
 * is the level of the output, not below it. If run 5 has keys from {@code x} to {@code z} and no deeper level has
 * {@code b} between its bounds, it goes. Whatever is on level 0 does not matter: it is newer.
 *
 * <p>A third: level 1 is one run of the tables 11, up to {@code b@6}, and 12, from {@code b@4} on; a program has written
 * them that cuts between versions of a key. A table of level 0 has {@code b@9†}, and is merged with 11 into level 1. {@code
 * b@6} goes; {@code b@9†} stays, on account of 12.
 *
 * <p>Cost: O(1) for an entry; for a deletion that no snapshot needs a binary search in each older run. Concurrency: one
 * thread. Source: LevelDB, {@code DoCompactionWork} in {@code db/db_impl.cc} and {@code IsBaseLevelForKey} in {@code
 * db/version_set.cc}.
 */
@ExercisePart("5.13")
public final class EntryFilter {
    private static final long NONE = Long.MAX_VALUE;

    private final List<SortedRun> older; // tables that stay and may have older entries than the inputs
    private final long oldestSnapshot;
    private @Nullable Slice key;
    private long newerSequence = NONE; // of the entry of the key that came before

    /**
     * A filter for a merge.
     *
     * @param version that the merge was picked from
     * @param oldestSnapshot the smallest sequence that somebody may still read at
     */
    public EntryFilter(Compaction compaction, Version version, long oldestSnapshot) {
        this.older = older(compaction, version);
        this.oldestSnapshot = oldestSnapshot;
    }

    /** Whether the entry goes. The entries of a merge are asked about in their order, each once. */
    public boolean drops(Slice internalKey) {
        Slice user = InternalKey.userKey(internalKey);
        if (!user.equals(key)) {
            key = user;
            newerSequence = NONE;
        }
        boolean isHidden = newerSequence <= oldestSnapshot;
        newerSequence = InternalKey.sequence(internalKey);
        return isHidden
                || (InternalKey.kind(internalKey) == ValueKind.DELETION
                        && newerSequence <= oldestSnapshot
                        && !mayBeOlder(user));
    }

    private boolean mayBeOlder(Slice user) {
        Slice seekKey = InternalKey.seekKey(user, InternalKey.MAX_SEQUENCE);
        for (SortedRun run : older) {
            if (run.table(seekKey) != null) {
                return true;
            }
        }
        return false;
    }

    /** What is left, without the inputs, of each run from that of the newest input on. */
    private static List<SortedRun> older(Compaction compaction, Version version) {
        Set<Long> inputs = new HashSet<>();
        compaction.files().forEach(file -> inputs.add(file.number()));
        List<SortedRun> older = new ArrayList<>();
        boolean isBehind = false;
        for (SortedRun run : version.runs()) {
            List<FileMetadata> staying = run.files().stream()
                    .filter(file -> !inputs.contains(file.number()))
                    .toList();
            isBehind |= staying.size() < run.files().size();
            if (isBehind && !staying.isEmpty()) {
                older.add(new SortedRun(run.level(), staying));
            }
        }
        return older;
    }
}

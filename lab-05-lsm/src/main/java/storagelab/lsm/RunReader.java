package storagelab.lsm;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.compaction.Compaction;
import storagelab.course.ExercisePart;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.sstable.ChainedCursor;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.SsTable;

/**
 * The tables of a sorted run as reads look for them: the bounds of all of them side by side, and each table at hand once
 * it was opened.
 *
 * <p>Example: a run of the tables {@code a} to {@code f}, {@code h} to {@code m} and {@code p} to {@code z}. A get of
 * {@code g} finds that the first table which does not end before is the second, that it begins behind {@code g}, and
 * opens none.
 *
 * <p>Concurrency: safe for many threads.
 */
final class RunReader {
    private final SortedRun run;
    private final OpenTables tables;
    private final Slice[] smallest; // of the user, of each table
    private final Slice[] largest;
    private final AtomicReferenceArray<@Nullable SsTable> opened;

    private RunReader(SortedRun run, OpenTables tables) {
        this.run = run;
        this.tables = tables;
        this.smallest = run.files().stream().map(FileMetadata::smallestUserKey).toArray(Slice[]::new);
        this.largest = run.files().stream().map(FileMetadata::largestUserKey).toArray(Slice[]::new);
        this.opened = new AtomicReferenceArray<>(run.files().size());
    }

    /** Readers of all runs of {@code version}, in its order; those of {@code old} of runs that are still there. */
    static List<RunReader> of(Version version, OpenTables tables, List<RunReader> old) {
        Map<SortedRun, RunReader> known = new IdentityHashMap<>();
        old.forEach(reader -> known.put(reader.run, reader));
        List<RunReader> readers = new ArrayList<>();
        for (SortedRun run : version.runs()) {
            RunReader reader = known.get(run);
            readers.add(reader != null ? reader : new RunReader(run, tables));
        }
        return List.copyOf(readers);
    }

    /** Readers of what a compaction reads: of each run the tables that are merged, of level 0 each table. */
    static List<RunReader> of(Compaction compaction, OpenTables tables) {
        List<RunReader> readers = new ArrayList<>();
        for (Compaction.LevelInput input : compaction.inputs()) {
            ListMultimap<Long, FileMetadata> runs =
                    MultimapBuilder.linkedHashKeys().arrayListValues().build();
            for (FileMetadata file : input.files()) {
                runs.put(input.level() == 0 ? file.number() : file.run(), file);
            }
            for (Long run : runs.keySet()) {
                readers.add(new RunReader(new SortedRun(input.level(), runs.get(run)), tables));
            }
        }
        return readers;
    }

    /**
     * The newest version of a key that is not newer than {@code sequence}, if the run has one.
     *
     * <p>A {@link #table} is asked only if the key lies between its smallest and its largest key, both included; others are not
     * even opened. Since tables of a run are disjoint, that is one at the most, with one exception: their bounds are disjoint
     * as <em>internal</em> keys. A run may have been cut between two versions of a key. Then one table ends with the key and
     * the next begins with it, and has the older versions. It is asked when the one before had none that is old enough, and so
     * on.
     *
     * <p>Example: the tables {@code a@1 .. k@9} and {@code k@3 .. z@2}. At 9 and later the first has {@code k}. At 5 it has
     * not, and the second has. A get of {@code b} at 5 asks the first alone.
     *
     * <p>Cost: log₂ n comparisons of keys in a run of n tables.
     */
    @ExercisePart("5.8")
    Optional<Entry> get(Slice userKey, long sequence) {
        int index = firstNotBefore(userKey);
        if (index == largest.length || smallest[index].compareTo(userKey) > 0) {
            return Optional.empty();
        }
        Optional<Entry> found = table(index).get(userKey, sequence);
        while (found.isEmpty() && ++index < smallest.length && smallest[index].equals(userKey)) {
            found = table(index).get(userKey, sequence); // the versions of the key are in two tables
        }
        return found;
    }

    /** About how many bytes of its tables the keys of {@code range} take. At most two tables are opened. */
    long approximateBytes(KeyRange range) {
        Slice to = range.to();
        return (to == null ? run.sizeBytes() : bytesBefore(to)) - bytesBefore(range.from());
    }

    private long bytesBefore(Slice userKey) {
        int index = firstNotBefore(userKey);
        long bytes = 0;
        for (FileMetadata file : run.files().subList(0, index)) {
            bytes += file.sizeBytes();
        }
        boolean isInside = index < smallest.length && smallest[index].compareTo(userKey) < 0;
        return isInside ? bytes + table(index).approximateOffset(userKey) : bytes;
    }

    /** A cursor over all entries. */
    InternalCursor cursor() {
        return smallest.length == 1 ? table(0).cursor() : new ChainedCursor(new Tables());
    }

    private SsTable table(int index) {
        SsTable table = opened.get(index);
        if (table == null) {
            table = tables.get(run.files().get(index));
            opened.set(index, table);
        }
        return table;
    }

    /**
     * The index of the first table whose largest key of the user is not less than {@code userKey}; the number of tables if
     * there is none. By halving.
     */
    @ExercisePart("5.8")
    private int firstNotBefore(Slice userKey) {
        int low = 0;
        int high = largest.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (largest[middle].compareTo(userKey) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The tables, one behind the other. */
    private final class Tables implements ChainedCursor.Chain {
        @Override
        public int count() {
            return largest.length;
        }

        @Override
        public int find(Slice internalKey) {
            return run.firstNotBefore(internalKey); // versions of one key may fill any number of tables
        }

        @Override
        public InternalCursor open(int index) {
            return table(index).cursor();
        }
    }
}

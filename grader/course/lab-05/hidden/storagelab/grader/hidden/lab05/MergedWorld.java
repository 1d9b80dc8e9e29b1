package storagelab.grader.hidden.lab05;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionJob;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKey;
import storagelab.testkit.lsm.KeptEntries;
import storagelab.testkit.lsm.MapCursor;

/**
 * A store of tables that are maps, for the hidden tests of 5.13: keys are written and deleted, snapshots held and given
 * up, and runs merged in every way that jumps over nothing. Beside it stands everything that was ever written, of which
 * nothing is dropped: what readers ought to see.
 */
final class MergedWorld {
    private static final int KEYS = 8;
    private static final long TABLE_BYTES = 40;

    private final Random random;
    private final Map<Long, NavigableMap<Slice, Slice>> tables = new TreeMap<>();
    private final NavigableMap<Slice, Slice> written = KeptEntries.none();
    private final List<Long> held = new ArrayList<>();
    private Version version = Version.empty();
    private long sequence;
    private long nextNumber = 1;

    MergedWorld(Random random) {
        this.random = random;
    }

    /** Writes a table, takes or gives up a snapshot, or merges; then every reader looks at every key. */
    void step() {
        int what = random.nextInt(10);
        if (what < 4 || version.files().isEmpty()) {
            flush();
        } else if (what == 4 && held.size() < 4) {
            held.add(sequence);
        } else if (what == 5 && !held.isEmpty()) {
            held.remove(random.nextInt(held.size()));
        } else if (what < 8) {
            mergeRuns();
        } else {
            mergeParts();
        }
    }

    /** Gives all snapshots up and merges all tables: nothing is left then but what is alive. */
    NavigableMap<Slice, Slice> mergeAll() {
        held.clear();
        if (!version.files().isEmpty()) {
            run(new TreeSet<>(tables.keySet()), Version.LEVELS - 1, 0);
        }
        NavigableMap<Slice, Slice> left = KeptEntries.none();
        tables.values().forEach(left::putAll);
        return left;
    }

    /** What is alive of everything that was written. */
    NavigableMap<Slice, Slice> alive() {
        NavigableMap<Slice, Slice> alive = KeptEntries.none();
        for (int i = 0; i < KEYS; i++) {
            Map.Entry<Slice, Slice> newest = entry(written, user(i), sequence);
            if (newest != null && !Merges.isDeletion(newest.getKey())) {
                alive.put(newest.getKey(), newest.getValue());
            }
        }
        return alive;
    }

    private void flush() {
        NavigableMap<Slice, Slice> table = KeptEntries.none();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            sequence++;
            String user = user(random.nextInt(KEYS)).toUtf8();
            boolean isDeletion = random.nextInt(5) < 2;
            table.put(
                    isDeletion ? Blocks.deletion(user, sequence) : Blocks.put(user, sequence),
                    isDeletion ? Slice.EMPTY : Slice.utf8(user + " of " + sequence));
        }
        written.putAll(table);
        long number = nextNumber++;
        tables.put(number, table);
        FileMetadata file = new FileMetadata(number, 10, table.firstKey(), table.lastKey()).inRun(number, 0);
        version = version.with(new VersionEdit().add(0, file));
    }

    /** Merges whole runs that lie one behind the other, to where the last of them is, or to the level below. */
    private void mergeRuns() {
        List<SortedRun> runs = version.runs();
        int first = random.nextInt(runs.size());
        int last = first + random.nextInt(runs.size() - first);
        int level = runs.get(last).level();
        while (level == 0 && last + 1 < runs.size() && runs.get(last + 1).level() == 0) {
            last++; // what is left of level 0 would be found first
        }
        boolean isLastOfLevel = last + 1 == runs.size() || runs.get(last + 1).level() > level;
        Set<Long> inputs = new HashSet<>();
        long number = 0; // of the newest input on the level of the last one
        for (SortedRun run : runs.subList(first, last + 1)) {
            run.files().forEach(file -> inputs.add(file.number()));
            number = run.level() == level ? Math.max(number, run.number()) : number;
        }
        boolean goesDown = level == 0 || (isLastOfLevel && level + 1 < Version.LEVELS && random.nextBoolean());
        run(inputs, goesDown ? level + 1 : level, goesDown ? nextNumber++ : number);
    }

    /** Merges a table of a level that is one run with those that it overlaps of the next, as LevelDB does. */
    private void mergeParts() {
        int level = 1 + random.nextInt(Version.LEVELS - 2);
        if (version.runs(level).size() != 1 || version.runs(level + 1).size() > 1) {
            return;
        }
        List<FileMetadata> files = version.files(level);
        FileMetadata file = files.get(random.nextInt(files.size()));
        Set<Long> inputs = new HashSet<>(Set.of(file.number()));
        version.overlapping(level + 1, file.smallestUserKey(), file.largestUserKey())
                .forEach(below -> inputs.add(below.number()));
        boolean isNewRun = version.runs(level + 1).isEmpty();
        run(
                inputs,
                level + 1,
                isNewRun ? nextNumber++ : version.runs(level + 1).get(0).number());
    }

    private void run(Set<Long> inputs, int outputLevel, long outputRun) {
        Version before = version;
        Compaction compaction = Merges.of(version, inputs, outputLevel, outputRun);
        NavigableMap<Slice, Slice> entries = KeptEntries.none();
        inputs.forEach(number -> entries.putAll(tables.get(number)));
        long oldest = held.stream().mapToLong(Long::longValue).min().orElse(sequence);
        KeptEntries output = new KeptEntries(nextNumber);
        List<FileMetadata> files =
                new CompactionJob(compaction, version, oldest, TABLE_BYTES).run(new MapCursor(entries), output);
        nextNumber += files.size();
        for (int i = 0; i < files.size(); i++) {
            tables.put(files.get(i).number(), output.tables().get(i));
        }
        tables.keySet().removeAll(inputs);
        version = version.with(compaction.edit(files));
        String merge = "after a merge of the tables " + new TreeSet<>(inputs) + " of " + before.runs() + ", which had "
                + KeptEntries.describe(entries) + ", with the oldest snapshot at " + oldest + ", and left "
                + output.describe();
        held.forEach(snapshot -> check(snapshot, "snapshot at " + snapshot, merge));
        check(sequence, "reader without a snapshot", merge);
    }

    private void check(long reader, String who, String when) {
        for (int i = 0; i < KEYS; i++) {
            String expected = value(entry(written, user(i), reader));
            String found = value(find(user(i), reader));
            if (!expected.equals(found)) {
                String what = expected.equals("nothing") ? " is back from the dead: " : " is not what it was: ";
                throw new AssertionError(user(i).toUtf8() + what + "a " + who + " should see " + expected + " and sees "
                        + found + ", " + when);
            }
        }
    }

    private Map.@Nullable Entry<Slice, Slice> find(Slice user, long reader) {
        for (SortedRun run : version.runs()) {
            FileMetadata file = run.table(InternalKey.seekKey(user, reader));
            Map.Entry<Slice, Slice> found =
                    file == null ? null : entry(Objects.requireNonNull(tables.get(file.number())), user, reader);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Map.@Nullable Entry<Slice, Slice> entry(
            NavigableMap<Slice, Slice> entries, Slice user, long reader) {
        Map.Entry<Slice, Slice> found = entries.ceilingEntry(InternalKey.seekKey(user, reader));
        return found != null && InternalKey.userKey(found.getKey()).equals(user) ? found : null;
    }

    private static String value(Map.@Nullable Entry<Slice, Slice> entry) {
        return entry == null || Merges.isDeletion(entry.getKey())
                ? "nothing"
                : entry.getValue().toUtf8();
    }

    private static Slice user(int number) {
        return Slice.utf8(String.valueOf((char) ('a' + number)));
    }
}

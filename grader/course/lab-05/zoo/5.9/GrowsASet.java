// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: accepted
// because: limits are whole numbers, and the tables that hang together grow as a set until it stays the same
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    public double score(Version version, int level) {
        switch (level) {
            case 0:
                return version.files(0).size() / (double) levelZeroTables;
            case 6:
                return 0;
            default:
                return version.sizeBytes(level) / (double) limit(level);
        }
    }

    private long limit(int level) {
        long limit = baseBytes;
        for (int i = 1; i < level; i++) {
            limit *= factor;
        }
        return limit;
    }

    public long debtBytes(Version version) {
        long debt = 0;
        for (int level = 1; level < 6; level++) {
            debt += Math.max(0, version.sizeBytes(level) - limit(level));
        }
        return debt * (factor + 1L);
    }

    public @Nullable Compaction pick(Version version, State state) {
        for (int level = 1; level < Version.LEVELS; level++) {
            if (version.runs(level).size() > 1) {
                return Compaction.ofAll(version, "shape");
            }
        }
        int best = -1;
        for (int level = 5; level >= 0; level--) {
            if (score(version, level) >= 1 && (best < 0 || score(version, level) >= score(version, best))) {
                best = level;
            }
        }
        if (best < 0) {
            return null;
        }
        Set<FileMetadata> together = new LinkedHashSet<>(Set.of(first(version, best, state.pointers().of(best))));
        boolean grows = true;
        while (grows) {
            grows = grow(version, best, together);
        }
        List<FileMetadata> going = new ArrayList<>(version.files(best));
        going.removeIf(file -> !together.contains(file));
        List<FileMetadata> below = new ArrayList<>();
        Slice from = Collections.min(going, Comparator.comparing(FileMetadata::smallestUserKey)).smallestUserKey();
        Slice to = Collections.max(going, Comparator.comparing(FileMetadata::largestUserKey)).largestUserKey();
        for (FileMetadata file : version.files(best + 1)) {
            if (file.largestUserKey().compareTo(from) >= 0 && file.smallestUserKey().compareTo(to) <= 0) {
                below.add(file);
            }
        }
        return new Compaction(
                List.of(new Compaction.LevelInput(best, going), new Compaction.LevelInput(best + 1, below)),
                best + 1,
                0,
                "size");
    }

    private static FileMetadata first(Version version, int level, @Nullable Slice pointer) {
        List<FileMetadata> files = version.files(level);
        if (level == 0) {
            return files.get(files.size() - 1);
        }
        int index = pointer == null ? 0 : version.runs(level).get(0).firstNotBefore(pointer);
        if (pointer != null && index < files.size() && files.get(index).largest().equals(pointer)) {
            index++;
        }
        return files.get(index % files.size());
    }

    private static boolean grow(Version version, int level, Set<FileMetadata> together) {
        Set<FileMetadata> more = new LinkedHashSet<>();
        for (FileMetadata other : together) {
            more.addAll(version.overlapping(level, other.smallestUserKey(), other.largestUserKey()));
        }
        return together.addAll(more);
    }
}

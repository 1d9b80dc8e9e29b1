package storagelab.compaction;

import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;

/**
 * The merges that leave the keys of a range on one level: level by level, the tables that may have such keys are merged with
 * those that they overlap on the next level, down to the deepest level that has some, at least level 1.
 *
 * <p>Example: of the range {@code f} to {@code h}, level 0 has a table {@code a} to {@code z}, level 1 {@code a} to {@code m}
 * and {@code n} to {@code z}, level 2 {@code b} to {@code g} and {@code q} to {@code s}. The first merge takes the table of
 * level 0 and both of level 1; the second what has come of it and has keys of the range, and {@code b} to {@code g}.
 *
 * <p>If a level other than 0 has several runs, there is one merge, of everything, as {@link Compaction#ofAll}.
 *
 * <p>Concurrency: one thread. Source: LevelDB, {@code DBImpl::CompactRange} and {@code VersionSet::CompactRange}.
 */
public final class RangeCompaction {
    private final KeyRange range;
    private int level; // the next one whose tables go down

    /** The merges of {@code range}, of which none was done. */
    public RangeCompaction(KeyRange range) {
        this.range = range;
    }

    /** The next merge, when those before are done and {@code version} is what has come of them; null if there is none. */
    public @Nullable Compaction next(Version version) {
        if (!version.fitsLevelDb()) {
            boolean isDue = level == 0 && version.files().stream().anyMatch(this::mayHaveSome);
            level = Version.LEVELS;
            return isDue ? Compaction.ofAll(version, "range") : null;
        }
        int deepest = deepest(version);
        while (level < deepest) {
            int from = level++;
            List<FileMetadata> files =
                    version.files(from).stream().filter(this::mayHaveSome).toList();
            if (!files.isEmpty()) {
                return down(version, from, files);
            }
        }
        return null;
    }

    private boolean mayHaveSome(FileMetadata file) {
        Slice to = range.to();
        return file.largestUserKey().compareTo(range.from()) >= 0
                && (to == null || file.smallestUserKey().compareTo(to) < 0);
    }

    /** The deepest level with such tables, and at least 1. */
    private int deepest(Version version) {
        int deepest = Version.LEVELS - 1;
        while (deepest > 1 && version.files(deepest).stream().noneMatch(this::mayHaveSome)) {
            deepest--;
        }
        return deepest;
    }

    /** The merge of tables, and of what overlaps them on their own level, with those that they overlap on the next. */
    private static Compaction down(Version version, int level, List<FileMetadata> first) {
        List<FileMetadata> files = first;
        Compaction alone = alone(level, files);
        while (true) {
            List<FileMetadata> wider = version.overlapping(level, alone.smallestUserKey(), alone.largestUserKey());
            if (wider.size() == files.size()) {
                break;
            }
            files = wider;
            alone = alone(level, files);
        }
        List<FileMetadata> below = version.overlapping(level + 1, alone.smallestUserKey(), alone.largestUserKey());
        List<Compaction.LevelInput> inputs =
                List.of(new Compaction.LevelInput(level, files), new Compaction.LevelInput(level + 1, below));
        return new Compaction(inputs, level + 1, FileMetadata.ONLY_RUN, "range");
    }

    private static Compaction alone(int level, List<FileMetadata> files) {
        List<Compaction.LevelInput> inputs = List.of(new Compaction.LevelInput(level, files));
        return new Compaction(inputs, level + 1, FileMetadata.ONLY_RUN, "range");
    }
}

package storagelab.compaction;

import java.util.List;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.VersionEdit;

/**
 * A merge that is to be done: tables of some levels, which one sorted run takes the place of.
 *
 * @param inputs tables by level, from the lowest level on
 * @param outputLevel where the result goes: not above any input, and with nothing between it and the inputs that has
 *     keys in their range
 * @param reason in a word, for counters
 */
public record Compaction(List<LevelInput> inputs, int outputLevel, String reason) {
    /**
     * Tables of one level.
     *
     * @param level of which
     * @param files in the order of the level
     */
    public record LevelInput(int level, List<FileMetadata> files) {
        public LevelInput {
            files = List.copyOf(files);
        }
    }

    public Compaction {
        inputs = inputs.stream().filter(input -> !input.files.isEmpty()).toList();
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("a compaction of no tables into level " + outputLevel);
        }
    }

    /** All tables that are read. */
    public List<FileMetadata> files() {
        return inputs.stream().flatMap(input -> input.files.stream()).toList();
    }

    /** Whether there is nothing to merge: a single table can move to another level as it is. */
    public boolean isTrivialMove() {
        return files().size() == 1 && inputs.get(0).level != outputLevel;
    }

    /** Bytes that are read. */
    public long inputBytes() {
        return files().stream().mapToLong(FileMetadata::sizeBytes).sum();
    }

    /** The smallest key of the user in the inputs. */
    public Slice smallestUserKey() {
        return files().stream()
                .map(FileMetadata::smallestUserKey)
                .min(Slice::compareTo)
                .orElseThrow();
    }

    /** The largest key of the user in the inputs. */
    public Slice largestUserKey() {
        return files().stream()
                .map(FileMetadata::largestUserKey)
                .max(Slice::compareTo)
                .orElseThrow();
    }

    /** The edit that puts {@code outputs} in the place of the inputs, and says where the level goes on next time. */
    public VersionEdit edit(List<FileMetadata> outputs) {
        VersionEdit edit = new VersionEdit();
        for (LevelInput input : inputs) {
            input.files.forEach(file -> edit.delete(input.level, file.number()));
        }
        outputs.forEach(file -> edit.add(outputLevel, file));
        LevelInput first = inputs.get(0);
        return edit.setCompactPointer(
                first.level, first.files.get(first.files.size() - 1).largest());
    }
}

package storagelab.compaction;

import java.util.List;
import java.util.stream.Stream;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;

/**
 * A merge that is to be done: tables of two levels, and where the result goes.
 *
 * @param level of {@code inputs}
 * @param outputLevel of {@code outputInputs}, and of the result
 * @param inputs tables of {@code level}
 * @param outputInputs the tables of {@code outputLevel} that they overlap
 * @param reason in a word, for counters
 */
public record Compaction(
        int level, int outputLevel, List<FileMetadata> inputs, List<FileMetadata> outputInputs, String reason) {
    public Compaction {
        inputs = List.copyOf(inputs);
        outputInputs = List.copyOf(outputInputs);
    }

    /** All tables that are read. */
    public List<FileMetadata> files() {
        return Stream.concat(inputs.stream(), outputInputs.stream()).toList();
    }

    /** Whether there is nothing to merge: a single table can move to the next level as it is. */
    public boolean isTrivialMove() {
        return inputs.size() == 1 && outputInputs.isEmpty() && level != outputLevel;
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
}

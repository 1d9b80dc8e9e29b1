// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: what overlaps the first table goes with it, and what overlaps only those stays
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    private static List<FileMetadata> connected(Version version, int level, FileMetadata first) {
        return version.overlapping(level, first.smallestUserKey(), first.largestUserKey());
    }
}

// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: of level 0 the oldest table goes without the others that have its keys
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    private static List<FileMetadata> connected(Version version, int level, FileMetadata first) {
        return List.of(first);
    }
}

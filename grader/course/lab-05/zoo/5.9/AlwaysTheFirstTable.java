// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: each compaction of a level takes its first table, and the last keys never have their turn
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    private static Compaction of(Version version, int level, @Nullable Slice pointer) {
        List<FileMetadata> files = version.files(level);
        FileMetadata first = files.get(level == 0 ? files.size() - 1 : 0);
        return into(version, level, connected(version, level, first));
    }
}

// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: of level 0 it begins with the newest table, and the oldest may wait for ever
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    private static Compaction of(Version version, int level, @Nullable Slice pointer) {
        List<FileMetadata> files = version.files(level);
        FileMetadata first = files.get(0);
        if (level > 0) {
            first = files.stream()
                    .filter(file -> pointer == null || InternalKeyOrder.ORDER.compare(file.largest(), pointer) > 0)
                    .findFirst()
                    .orElse(files.get(0));
        }
        return into(version, level, connected(version, level, first));
    }
}

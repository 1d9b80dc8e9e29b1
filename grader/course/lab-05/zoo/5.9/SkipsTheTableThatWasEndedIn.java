// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: a table is behind the pointer only if it begins there: one that has keys on both sides is skipped
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    private static Compaction of(Version version, int level, @Nullable Slice pointer) {
        List<FileMetadata> files = version.files(level);
        FileMetadata first = files.get(files.size() - 1);
        if (level > 0) {
            first = files.stream()
                    .filter(file -> pointer == null || InternalKeyOrder.ORDER.compare(file.smallest(), pointer) > 0)
                    .findFirst()
                    .orElse(files.get(0));
        }
        return into(version, level, connected(version, level, first));
    }
}

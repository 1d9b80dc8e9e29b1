// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: all of a level is merged with all of the next, which needs the room of both once more
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    private static Compaction of(Version version, int level, @Nullable Slice pointer) {
        return into(version, level, version.files(level));
    }
}

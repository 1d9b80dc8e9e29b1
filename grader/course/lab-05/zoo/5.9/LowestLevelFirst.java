// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: the lowest level that has too much is next, though a deeper one has far more too much
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        if (!version.fitsLevelDb()) {
            return Compaction.ofAll(version, "shape");
        }
        for (int level = 0; level < LAST; level++) {
            if (score(version, level) >= 1) {
                return of(version, level, state.pointers().of(level));
            }
        }
        return null;
    }
}

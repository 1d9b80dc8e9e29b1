// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: it goes on where the last compaction into the level ended, not where the last one of it did
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        if (!version.fitsLevelDb()) {
            return Compaction.ofAll(version, "shape");
        }
        int best = 0;
        for (int level = 1; level < LAST; level++) {
            best = score(version, level) > score(version, best) ? level : best;
        }
        return score(version, best) < 1
                ? null
                : of(version, best, state.pointers().of(Math.max(0, best - 1)));
    }
}

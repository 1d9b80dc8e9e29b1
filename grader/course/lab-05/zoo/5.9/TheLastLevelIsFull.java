// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: the last level has a score, too, and is to go to level 7
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    public double score(Version version, int level) {
        if (level == 0) {
            return (double) version.files(0).size() / levelZeroTables;
        }
        return (double) version.sizeBytes(level) / (baseBytes * Math.pow(factor, level - 1.0));
    }

    public @Nullable Compaction pick(Version version, State state) {
        if (!version.fitsLevelDb()) {
            return Compaction.ofAll(version, "shape");
        }
        int best = 0;
        for (int level = 1; level <= LAST; level++) {
            best = score(version, level) > score(version, best) ? level : best;
        }
        return score(version, best) < 1
                ? null
                : of(version, best, state.pointers().of(best));
    }
}

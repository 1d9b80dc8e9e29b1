// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: levels with several runs are taken for one: of two runs the older one may go down alone
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        int best = 0;
        for (int level = 1; level < LAST; level++) {
            best = score(version, level) > score(version, best) ? level : best;
        }
        return score(version, best) < 1
                ? null
                : of(version, best, state.pointers().of(best));
    }
}

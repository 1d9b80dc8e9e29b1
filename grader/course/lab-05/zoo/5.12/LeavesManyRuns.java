// exercise: 5.12
// type: storagelab.compaction.LazyLeveledPicker
// verdict: caught
// because: many runs on the last level, which another picker has left, stay as they are
public record LazyLeveledPicker(int factor, int lastRuns) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        int last = last(version);
        for (int level = 0; level < last; level++) {
            if (version.runs(level).size() >= factor) {
                return down(version, level, last);
            }
        }
        return null;
    }
}

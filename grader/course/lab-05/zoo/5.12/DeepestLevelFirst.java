// exercise: 5.12
// type: storagelab.compaction.LazyLeveledPicker
// verdict: caught
// because: the deepest level with enough runs is next, and level 0 waits
public record LazyLeveledPicker(int factor, int lastRuns) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        int last = last(version);
        for (int level = last - 1; level >= 0; level--) {
            if (version.runs(level).size() >= factor) {
                return down(version, level, last);
            }
        }
        List<SortedRun> runs = version.runs(last);
        return runs.size() > lastRuns ? Compaction.ofRuns(runs, last, newest(runs), "runs") : null;
    }
}

// exercise: 5.12
// type: storagelab.compaction.LazyLeveledPicker
// verdict: caught
// because: a new run has the number of its oldest input, and comes behind runs that are older
public record LazyLeveledPicker(int factor, int lastRuns) implements CompactionPicker {
    private static long newest(List<SortedRun> runs) {
        return runs.get(runs.size() - 1).number();
    }
}

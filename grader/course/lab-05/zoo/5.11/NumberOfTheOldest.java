// exercise: 5.11
// type: storagelab.compaction.TimeWindowPicker
// verdict: caught
// because: the result has the number of its oldest run, and comes behind runs that are older
public record TimeWindowPicker(long windowMillis, int minRuns) implements CompactionPicker {
    private static Compaction merge(List<SortedRun> runs, String reason) {
        int level = Math.max(1, runs.get(runs.size() - 1).level());
        long run = runs.get(runs.size() - 1).number();
        return Compaction.ofRuns(runs, level, run, reason);
    }
}

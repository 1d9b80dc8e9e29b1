// exercise: 5.11
// type: storagelab.compaction.TimeWindowPicker
// verdict: caught
// because: the result goes to level 1, although its oldest run lies deeper and others lie between
public record TimeWindowPicker(long windowMillis, int minRuns) implements CompactionPicker {
    private static Compaction merge(List<SortedRun> runs, String reason) {
        long run = runs.stream().mapToLong(SortedRun::number).max().orElse(FileMetadata.ONLY_RUN);
        return Compaction.ofRuns(runs, 1, run, reason);
    }
}

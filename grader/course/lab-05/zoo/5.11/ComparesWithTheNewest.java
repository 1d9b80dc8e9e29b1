// exercise: 5.11
// type: storagelab.compaction.TimeWindowPicker
// verdict: caught
// because: a run is taken if it is not larger than the newest, not than all that were taken together
public record TimeWindowPicker(long windowMillis, int minRuns) implements CompactionPicker {
    private static List<SortedRun> likeSized(List<SortedRun> runs) {
        int length = 1;
        while (length < runs.size() && runs.get(length).sizeBytes() * 100 <= runs.get(0).sizeBytes() * RATIO_PERCENT) {
            length++;
        }
        return runs.subList(0, length);
    }
}

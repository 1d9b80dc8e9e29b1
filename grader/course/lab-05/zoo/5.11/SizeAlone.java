// exercise: 5.11
// type: storagelab.compaction.TimeWindowPicker
// verdict: caught
// because: the current window is merged by size alone: tables of level 0 are taken for runs like any other
public record TimeWindowPicker(long windowMillis, int minRuns) implements CompactionPicker {
    private @Nullable Compaction current(List<SortedRun> window) {
        for (int from = 0; from < window.size(); from++) {
            List<SortedRun> alike = likeSized(window.subList(from, window.size()));
            if (alike.size() >= minRuns) {
                return merge(alike, "size");
            }
        }
        return null;
    }
}

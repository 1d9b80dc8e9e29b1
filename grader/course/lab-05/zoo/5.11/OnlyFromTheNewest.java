// exercise: 5.11
// type: storagelab.compaction.TimeWindowPicker
// verdict: caught
// because: runs of like size are looked for from the newest on only, and a small one in front keeps the others apart
public record TimeWindowPicker(long windowMillis, int minRuns) implements CompactionPicker {
    private @Nullable Compaction current(List<SortedRun> window) {
        int flushed = 0;
        while (flushed < window.size() && window.get(flushed).level() == 0) {
            flushed++;
        }
        if (flushed >= minRuns) {
            return merge(window.subList(0, flushed), "flushed");
        }
        if (flushed < window.size()) {
            List<SortedRun> alike = likeSized(window.subList(flushed, window.size()));
            return alike.size() >= minRuns ? merge(alike, "size") : null;
        }
        return null;
    }
}

// exercise: 5.11
// type: storagelab.compaction.TimeWindowPicker
// verdict: caught
// because: closed windows are merged again and again, although they are one run
public record TimeWindowPicker(long windowMillis, int minRuns) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        List<List<SortedRun>> windows = windows(version);
        for (int i = windows.size() - 1; i >= 0; i--) {
            List<SortedRun> window = windows.get(i);
            boolean isClosed = i > 0 || window(window.get(0)) < Math.floorDiv(state.nowMillis(), windowMillis);
            if (isClosed && (window.size() > 0)) {
                return merge(window, "window");
            }
            if (!isClosed) {
                return current(window);
            }
        }
        return null;
    }
}

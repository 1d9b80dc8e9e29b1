// exercise: 5.11
// type: storagelab.compaction.TimeWindowPicker
// verdict: caught
// because: the newest window stays the current one until something newer is flushed, however late it is
public record TimeWindowPicker(long windowMillis, int minRuns) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        List<List<SortedRun>> windows = windows(version);
        for (int i = windows.size() - 1; i >= 0; i--) {
            List<SortedRun> window = windows.get(i);
            boolean isClosed = i > 0;
            if (isClosed && (window.size() > 1 || window.get(0).level() == 0)) {
                return merge(window, "window");
            }
            if (!isClosed) {
                return current(window);
            }
        }
        return null;
    }
}

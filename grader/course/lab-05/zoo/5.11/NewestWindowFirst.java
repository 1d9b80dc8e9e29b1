// exercise: 5.11
// type: storagelab.compaction.TimeWindowPicker
// verdict: caught
// because: the newest window has its turn first, and closed ones wait while much is written
public record TimeWindowPicker(long windowMillis, int minRuns) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        List<List<SortedRun>> windows = windows(version);
        for (int i = 0; i < windows.size(); i++) {
            List<SortedRun> window = windows.get(i);
            boolean isClosed = i > 0 || window(window.get(0)) < Math.floorDiv(state.nowMillis(), windowMillis);
            if (isClosed && (window.size() > 1 || window.get(0).level() == 0)) {
                return merge(window, "window");
            }
            Compaction due = isClosed ? null : current(window);
            if (due != null) {
                return due;
            }
        }
        return null;
    }
}

// exercise: 5.11
// type: storagelab.compaction.TimeWindowPicker
// verdict: caught
// because: runs with the same number of a window are merged although there is another window between them
public record TimeWindowPicker(long windowMillis, int minRuns) implements CompactionPicker {
    private List<List<SortedRun>> windows(Version version) {
        java.util.Map<Long, List<SortedRun>> windows = new java.util.LinkedHashMap<>();
        for (SortedRun run : version.runs()) {
            windows.computeIfAbsent(window(run), window -> new ArrayList<>()).add(run);
        }
        return new ArrayList<>(windows.values());
    }
}

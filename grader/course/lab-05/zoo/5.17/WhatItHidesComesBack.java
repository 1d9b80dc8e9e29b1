// exercise: 5.17
// type: storagelab.compaction.ExpiredRuns
// verdict: caught
// because: nobody looks at older runs, and what the run had deleted in them is there again
public final class ExpiredRuns {
    public static @Nullable SortedRun oldest(Version version, CompactionFilter filter) {
        List<SortedRun> runs = version.runs();
        for (int i = runs.size() - 1; i >= 0; i--) {
            SortedRun run = runs.get(i);
            if (run.newestMillis() > 0 && filter.dropsAllUntil(run.newestMillis())) {
                return run;
            }
        }
        return null;
    }
}

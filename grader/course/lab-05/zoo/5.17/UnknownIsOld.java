// exercise: 5.17
// type: storagelab.compaction.ExpiredRuns
// verdict: caught
// because: a run of which nobody knows when it was flushed counts as one of 1970, and goes at once
public final class ExpiredRuns {
    public static @Nullable SortedRun oldest(Version version, CompactionFilter filter) {
        List<SortedRun> runs = version.runs();
        for (int i = runs.size() - 1; i >= 0; i--) {
            SortedRun run = runs.get(i);
            if (filter.dropsAllUntil(run.newestMillis()) && hidesNothing(run, runs.subList(i + 1, runs.size()))) {
                return run;
            }
        }
        return null;
    }
}

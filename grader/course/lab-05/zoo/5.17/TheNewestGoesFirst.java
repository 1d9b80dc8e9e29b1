// exercise: 5.17
// type: storagelab.compaction.ExpiredRuns
// verdict: caught
// because: runs are looked at from the newest on
public final class ExpiredRuns {
    public static @Nullable SortedRun oldest(Version version, CompactionFilter filter) {
        List<SortedRun> runs = version.runs();
        for (int i = 0; i < runs.size(); i++) {
            SortedRun run = runs.get(i);
            if (run.newestMillis() > 0
                    && filter.dropsAllUntil(run.newestMillis())
                    && hidesNothing(run, runs.subList(i + 1, runs.size()))) {
                return run;
            }
        }
        return null;
    }
}

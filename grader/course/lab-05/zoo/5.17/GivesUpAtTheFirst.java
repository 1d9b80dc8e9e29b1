// exercise: 5.17
// type: storagelab.compaction.ExpiredRuns
// verdict: caught
// because: if the oldest run stays, no other is looked at
public final class ExpiredRuns {
    public static @Nullable SortedRun oldest(Version version, CompactionFilter filter) {
        List<SortedRun> runs = version.runs();
        if (runs.isEmpty()) {
            return null;
        }
        SortedRun run = runs.get(runs.size() - 1);
        return run.newestMillis() > 0 && filter.dropsAllUntil(run.newestMillis()) ? run : null;
    }
}

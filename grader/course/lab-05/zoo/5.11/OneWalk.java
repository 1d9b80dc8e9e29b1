// exercise: 5.11
// type: storagelab.compaction.TimeWindowPicker
// verdict: accepted
// because: goes through the runs from the oldest on, once, and decides at the end of each window
public record TimeWindowPicker(long windowMillis, int minRuns) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        List<SortedRun> runs = version.runs();
        int to = runs.size();
        while (to > 0) {
            int from = to - 1;
            while (from > 0 && number(runs.get(from - 1)) == number(runs.get(from))) {
                from--;
            }
            List<SortedRun> window = runs.subList(from, to);
            if (from == 0 && number(runs.get(0)) >= Math.floorDiv(state.nowMillis(), windowMillis)) {
                return ofCurrent(window);
            }
            if (window.size() > 1 || window.get(0).level() == 0) {
                return of(window, "window");
            }
            to = from;
        }
        return null;
    }

    private long number(SortedRun run) {
        return Math.floorDiv(run.newestMillis(), windowMillis);
    }

    private @Nullable Compaction ofCurrent(List<SortedRun> window) {
        List<SortedRun> behind = new ArrayList<>(window);
        behind.removeIf(run -> run.level() == 0);
        int flushed = window.size() - behind.size();
        if (flushed >= minRuns) {
            return of(window.subList(0, flushed), "flushed");
        }
        while (behind.size() >= minRuns) {
            long sum = 0;
            int taken = 0;
            for (SortedRun run : behind) {
                if (taken > 0 && run.sizeBytes() * 10 > sum * 11) {
                    break;
                }
                sum += run.sizeBytes();
                taken++;
            }
            if (taken >= minRuns) {
                return of(behind.subList(0, taken), "size");
            }
            behind.remove(0);
        }
        return null;
    }

    private static Compaction of(List<SortedRun> runs, String reason) {
        long newest = 0;
        for (SortedRun run : runs) {
            newest = Math.max(newest, run.number());
        }
        int level = runs.get(runs.size() - 1).level();
        return Compaction.ofRuns(runs, level == 0 ? 1 : level, newest, reason);
    }
}

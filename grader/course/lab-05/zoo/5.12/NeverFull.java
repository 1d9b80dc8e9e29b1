// exercise: 5.12
// type: storagelab.compaction.LazyLeveledPicker
// verdict: caught
// because: the last level never moves down, and is merged with every little that comes
public record LazyLeveledPicker(int factor, int lastRuns) implements CompactionPicker {
    private Compaction down(Version version, int level, int last) {
        List<SortedRun> coming = version.runs(level);
        List<SortedRun> there = version.runs(last);
        Compaction tier = Compaction.ofRuns(coming, level + 1, newest(coming), "tier");
        boolean reachesLast = !there.isEmpty();
        for (int between = level + 1; between < last; between++) {
            reachesLast &= version.runs(between).isEmpty();
        }
        if (!reachesLast) {
            return tier;
        }
        boolean isNext = level + 1 == last;
        if (there.size() < lastRuns) {
            return Compaction.ofRuns(coming, last, newest(coming), "tier");
        }
        return isNext && there.size() == 1 ? join(tier, there.get(0)) : mergeAll(coming, there, level + 1);
    }
}

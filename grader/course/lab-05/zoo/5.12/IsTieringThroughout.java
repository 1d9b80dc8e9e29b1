// exercise: 5.12
// type: storagelab.compaction.LazyLeveledPicker
// verdict: caught
// because: the last level collects runs like the others
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
        boolean canMove = !isNext || last < DEEPEST;
        if (canMove && Math.round((double) version.sizeBytes(last) / tier.inputBytes()) >= factor) {
            return isNext ? Compaction.ofRuns(there, last + 1, newest(there), "deeper") : tier;
        }
        return Compaction.ofRuns(coming, last, newest(coming), "tier");
    }
}

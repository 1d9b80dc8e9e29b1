// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: the debt leaves out what the next level has in the same range, which is most of it
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    public long debtBytes(Version version) {
        double debt = 0;
        for (int level = 1; level < LAST; level++) {
            debt += version.sizeBytes(level) * (1 - 1 / Math.max(1, score(version, level)));
        }
        return (long) debt;
    }
}

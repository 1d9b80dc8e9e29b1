// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: level 0 is measured in bytes like the others, and fifty small tables may lie there for every get
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    public double score(Version version, int level) {
        return level == LAST
                ? 0
                : (double) version.sizeBytes(level) / (baseBytes * Math.pow(factor, Math.max(0, level - 1)));
    }
}

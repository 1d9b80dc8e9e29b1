// exercise: 5.10
// type: storagelab.compaction.TieredPicker
// verdict: caught
// because: a single table of level 0 is "merged" by itself, and written for nothing
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    private int likeSized(List<Run> runs) {
        Run first = runs.get(0);
        long taken = first.sizeBytes();
        int length = 1;
        while (length < runs.size() && runs.get(length).sizeBytes() * 100 <= taken * (100 + ratioPercent)) {
            taken += runs.get(length).sizeBytes();
            length++;
        }
        return length > 1 || first.level() == 0 ? length : 0;
    }
}

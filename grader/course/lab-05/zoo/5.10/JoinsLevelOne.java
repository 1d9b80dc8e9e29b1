// exercise: 5.10
// type: storagelab.compaction.TieredPicker
// verdict: caught
// because: where level 1 is taken, what is flushed joins it, though there are empty levels below
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    private static @Nullable Compaction down(List<Run> runs) {
        return null;
    }
}

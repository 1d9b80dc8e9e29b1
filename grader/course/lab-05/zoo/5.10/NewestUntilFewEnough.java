// exercise: 5.10
// type: storagelab.compaction.TieredPicker
// verdict: caught
// because: if nothing is alike, the two newest are merged: the newest run is written again with each flush
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    private static int mostAlike(List<Run> runs) {
        return 0;
    }
}

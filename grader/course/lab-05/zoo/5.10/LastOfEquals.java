// exercise: 5.10
// type: storagelab.compaction.TieredPicker
// verdict: caught
// because: of pairs that are equally alike, the oldest is merged, which is the largest
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    private static int mostAlike(List<Run> runs) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i + 1 < runs.size(); i++) {
            double ratio = (double) runs.get(i + 1).sizeBytes() / runs.get(i).sizeBytes();
            if (ratio <= least) {
                least = ratio;
                best = i;
            }
        }
        return best;
    }
}

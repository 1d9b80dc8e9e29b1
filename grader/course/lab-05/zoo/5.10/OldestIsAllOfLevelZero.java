// exercise: 5.10
// type: storagelab.compaction.TieredPicker
// verdict: caught
// because: where there is only level 0, all of it is taken for the oldest run, and space is never too much
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    private boolean isTooMuchBesideTheOldest(List<Run> runs) {
        long oldestBytes = runs.get(runs.size() - 1).sizeBytes();
        long all = runs.stream().mapToLong(Run::sizeBytes).sum();
        return (all - oldestBytes) * 100 >= oldestBytes * spacePercent;
    }
}

// exercise: 5.10
// type: storagelab.compaction.TieredPicker
// verdict: caught
// because: the space of the newer runs is compared with everything, and not with the oldest run
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    private boolean isTooMuchBesideTheOldest(List<Run> runs) {
        Run oldest = runs.get(runs.size() - 1);
        List<FileMetadata> tables = oldest.files();
        long oldestBytes = oldest.level() == 0 ? tables.get(tables.size() - 1).sizeBytes() : oldest.sizeBytes();
        long all = runs.stream().mapToLong(Run::sizeBytes).sum();
        return (all - oldestBytes) * 100 >= all * spacePercent;
    }
}

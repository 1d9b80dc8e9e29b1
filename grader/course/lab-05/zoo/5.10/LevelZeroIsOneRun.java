// exercise: 5.10
// type: storagelab.compaction.TieredPicker
// verdict: caught
// because: all tables of level 0 count as one run, and any number of them may lie there
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    private record Run(int level, List<FileMetadata> files) {
        long sizeBytes() {
            return files.stream().mapToLong(FileMetadata::sizeBytes).sum();
        }

        int count() {
            return 1;
        }
    }
}

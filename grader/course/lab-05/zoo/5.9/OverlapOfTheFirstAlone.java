// exercise: 5.9
// type: storagelab.compaction.LeveledPicker
// verdict: caught
// because: of the next level it takes what overlaps the first table, and not what the others overlap
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    private static Compaction into(Version version, int level, List<FileMetadata> files) {
        FileMetadata first = files.get(files.size() - 1);
        List<FileMetadata> overlapped =
                version.overlapping(level + 1, first.smallestUserKey(), first.largestUserKey());
        List<Compaction.LevelInput> inputs =
                List.of(new Compaction.LevelInput(level, files), new Compaction.LevelInput(level + 1, overlapped));
        return new Compaction(inputs, level + 1, FileMetadata.ONLY_RUN, "size");
    }
}

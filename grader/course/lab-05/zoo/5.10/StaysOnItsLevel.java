// exercise: 5.10
// type: storagelab.compaction.TieredPicker
// verdict: caught
// because: the result stays on the level of its oldest run, and soon there is no level for the next one
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    private static Compaction merge(List<Run> runs, int from, int to, String reason) {
        List<Compaction.LevelInput> inputs = new ArrayList<>();
        for (Run run : runs.subList(from, to)) {
            inputs.add(new Compaction.LevelInput(run.level(), run.files()));
        }
        int level = Math.max(1, runs.get(to - 1).level());
        return new Compaction(inputs, level, FileMetadata.ONLY_RUN, reason);
    }
}

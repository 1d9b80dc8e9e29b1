// exercise: 5.10
// type: storagelab.compaction.TieredPicker
// verdict: caught
// because: a run that makes room moves one level down, and not as far as it can
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    private static @Nullable Compaction down(List<Run> runs) {
        for (int i = runs.size() - 1; i >= 0 && runs.get(i).level() > 0; i--) {
            Run run = runs.get(i);
            if (run.level() < above(runs, i + 1)) {
                List<Compaction.LevelInput> input = List.of(new Compaction.LevelInput(run.level(), run.files()));
                return new Compaction(input, run.level() + 1, FileMetadata.ONLY_RUN, "room");
            }
        }
        return null;
    }
}

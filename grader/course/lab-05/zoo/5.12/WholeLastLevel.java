// exercise: 5.12
// type: storagelab.compaction.LazyLeveledPicker
// verdict: caught
// because: the whole last level is merged with what comes, also the tables that it does not overlap
public record LazyLeveledPicker(int factor, int lastRuns) implements CompactionPicker {
    private static Compaction join(Compaction coming, SortedRun run) {
        List<Compaction.LevelInput> inputs = new ArrayList<>(coming.inputs());
        inputs.add(new Compaction.LevelInput(run.level(), run.files()));
        return new Compaction(inputs, run.level(), run.number(), "last");
    }
}

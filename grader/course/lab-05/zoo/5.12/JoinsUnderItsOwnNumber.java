// exercise: 5.12
// type: storagelab.compaction.LazyLeveledPicker
// verdict: caught
// because: what joins the last level has a number of its own, and the tables that stay are another run
public record LazyLeveledPicker(int factor, int lastRuns) implements CompactionPicker {
    private static Compaction join(Compaction coming, SortedRun run) {
        Slice from = coming.smallestUserKey();
        Slice to = coming.largestUserKey();
        List<Compaction.LevelInput> inputs = new ArrayList<>(coming.inputs());
        inputs.add(new Compaction.LevelInput(run.level(), run.overlapping(from, to)));
        return new Compaction(inputs, run.level(), coming.outputRun(), "last");
    }
}

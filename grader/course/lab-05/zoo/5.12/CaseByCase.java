// exercise: 5.12
// type: storagelab.compaction.LazyLeveledPicker
// verdict: accepted
// because: decides case by case with plain conditions, and counts bytes table by table
public record LazyLeveledPicker(int factor, int lastRuns) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        int deepest = 1;
        int due = -1;
        for (int level = 6; level >= 0; level--) {
            if (level > 0 && !version.runs(level).isEmpty()) {
                deepest = Math.max(deepest, level);
            }
        }
        for (int level = deepest - 1; level >= 0; level--) {
            due = version.runs(level).size() >= factor ? level : due;
        }
        List<SortedRun> bottom = version.runs(deepest);
        if (due >= 0) {
            return comesDown(version, due, deepest);
        }
        return bottom.size() <= lastRuns ? null : Compaction.ofRuns(bottom, deepest, number(bottom), "runs");
    }

    private Compaction comesDown(Version version, int from, int deepest) {
        List<SortedRun> coming = version.runs(from);
        List<SortedRun> bottom = version.runs(deepest);
        Compaction next = Compaction.ofRuns(coming, from + 1, number(coming), "tier");
        int first = from + 1;
        while (first < 6 && version.runs(first).isEmpty()) {
            first++;
        }
        if (bottom.isEmpty() || first != deepest) {
            return next;
        }
        boolean isFull = 2 * bytes(bottom) >= (2L * factor - 1) * bytes(coming);
        if (isFull && from + 1 < deepest) {
            return next;
        }
        if (isFull && deepest < 6) {
            return Compaction.ofRuns(bottom, deepest + 1, number(bottom), "deeper");
        }
        if (bottom.size() < lastRuns) {
            return Compaction.ofRuns(coming, deepest, number(coming), "tier");
        }
        if (bottom.size() > 1 || from + 1 < deepest) {
            List<SortedRun> all = new ArrayList<>(coming);
            all.addAll(bottom);
            return Compaction.ofRuns(all, from + 1, number(all), "last");
        }
        List<FileMetadata> touched = new ArrayList<>();
        for (FileMetadata file : bottom.get(0).files()) {
            if (file.overlaps(next.smallestUserKey(), next.largestUserKey())) {
                touched.add(file);
            }
        }
        return new Compaction(
                List.of(next.inputs().get(0), new Compaction.LevelInput(deepest, touched)),
                deepest,
                bottom.get(0).number(),
                "last");
    }

    private static long bytes(List<SortedRun> runs) {
        long sum = 0;
        for (SortedRun run : runs) {
            for (FileMetadata file : run.files()) {
                sum += file.sizeBytes();
            }
        }
        return sum;
    }

    private static long number(List<SortedRun> runs) {
        long greatest = 0;
        for (SortedRun run : runs) {
            greatest = Math.max(greatest, run.number());
        }
        return greatest;
    }
}

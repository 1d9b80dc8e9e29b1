// exercise: 5.10
// type: storagelab.compaction.TieredPicker
// verdict: caught
// because: runs of like size are looked for from the newest on only
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        if (!version.fitsLevelDb()) {
            return Compaction.ofAll(version, "shape");
        }
        List<Run> runs = new ArrayList<>();
        for (int level = 0; level < Version.LEVELS; level++) {
            if (!version.files(level).isEmpty()) {
                runs.add(new Run(level, version.files(level)));
            }
        }
        if (runs.stream().mapToInt(Run::count).sum() < runsMax) {
            return null;
        }
        if (isTooMuchBesideTheOldest(runs)) {
            return merge(runs, 0, runs.size(), "space");
        }
        int to = likeSized(runs);
        if (to > 0) {
            return merge(runs, 0, to, "size");
        }
        int alike = mostAlike(runs);
        return merge(runs, alike, alike + 2, "number");
    }
}

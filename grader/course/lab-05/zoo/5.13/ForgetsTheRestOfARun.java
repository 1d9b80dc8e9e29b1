// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: caught
// because: a run of which some tables are merged is taken for merged as a whole: its other tables are not asked
public final class EntryFilter {
    private static List<SortedRun> older(Compaction compaction, Version version) {
        Set<Long> inputs = new HashSet<>();
        compaction.files().forEach(file -> inputs.add(file.number()));
        List<SortedRun> older = new ArrayList<>();
        boolean isBehind = false;
        for (SortedRun run : version.runs()) {
            if (run.files().stream().anyMatch(file -> inputs.contains(file.number()))) {
                isBehind = true;
            } else if (isBehind) {
                older.add(run);
            }
        }
        return older;
    }
}

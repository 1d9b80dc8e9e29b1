// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: caught
// because: all tables that are not merged are asked, newer ones as well: under a steady load there is always one, and deletions stay for ever
public final class EntryFilter {
    private static List<SortedRun> older(Compaction compaction, Version version) {
        Set<Long> inputs = new HashSet<>();
        compaction.files().forEach(file -> inputs.add(file.number()));
        List<SortedRun> older = new ArrayList<>();
        for (SortedRun run : version.runs()) {
            List<FileMetadata> staying = run.files().stream()
                    .filter(file -> !inputs.contains(file.number()))
                    .toList();
            if (!staying.isEmpty()) {
                older.add(new SortedRun(run.level(), staying));
            }
        }
        return older;
    }
}

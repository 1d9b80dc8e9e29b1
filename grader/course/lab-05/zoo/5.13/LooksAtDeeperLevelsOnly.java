// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: caught
// because: only the levels below the output are asked, as in LevelDB, where a level is one run: here an older run of the same level has what the deletion hid
public final class EntryFilter {
    private static List<SortedRun> older(Compaction compaction, Version version) {
        return version.runs().stream()
                .filter(run -> run.level() > compaction.outputLevel())
                .toList();
    }
}

// exercise: 5.17
// type: storagelab.compaction.ExpiredRuns
// verdict: accepted
// because: older tables are compared one by one, in a loop
public final class ExpiredRuns {
    private static boolean hidesNothing(SortedRun run, List<SortedRun> older) {
        for (SortedRun other : older) {
            for (FileMetadata file : other.files()) {
                boolean isBefore = file.largestUserKey()
                                .compareTo(run.files().get(0).smallestUserKey())
                        < 0;
                boolean isBehind = file.smallestUserKey()
                                .compareTo(run.files()
                                        .get(run.files().size() - 1)
                                        .largestUserKey())
                        > 0;
                if (!isBefore && !isBehind) {
                    return false;
                }
            }
        }
        return true;
    }
}

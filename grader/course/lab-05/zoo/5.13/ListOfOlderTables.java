// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: accepted
// because: the older tables are one list, and all of them are asked
public final class EntryFilter {
    private boolean mayBeOlder(Slice user) {
        return older.stream()
                .flatMap(run -> run.files().stream())
                .anyMatch(file -> file.overlaps(user, user));
    }
}

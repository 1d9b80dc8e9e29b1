// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: caught
// because: the older tables are one list, and all of them are looked at for each deletion: their number, and not its logarithm
public final class EntryFilter {
    private boolean mayBeOlder(Slice user) {
        return older.stream()
                .flatMap(run -> run.files().stream())
                .anyMatch(file -> file.overlaps(user, user));
    }
}

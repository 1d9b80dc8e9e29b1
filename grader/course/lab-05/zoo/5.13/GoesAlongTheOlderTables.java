// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: accepted
// because: each older run has a place that moves on with the keys, as in LevelDB, instead of a search
public final class EntryFilter {
    private int @Nullable [] places;

    private boolean mayBeOlder(Slice user) {
        int[] at = places;
        if (at == null) {
            at = new int[older.size()];
            places = at;
        }
        for (int i = 0; i < at.length; i++) {
            List<FileMetadata> files = older.get(i).files();
            while (at[i] < files.size() && files.get(at[i]).largestUserKey().compareTo(user) < 0) {
                at[i]++;
            }
            if (at[i] < files.size() && files.get(at[i]).smallestUserKey().compareTo(user) <= 0) {
                return true;
            }
        }
        return false;
    }
}

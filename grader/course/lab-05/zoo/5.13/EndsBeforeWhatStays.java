// exercise: 5.13
// type: storagelab.compaction.CompactionJob
// verdict: accepted
// because: a table is ended only when an entry comes that stays
public final class CompactionJob {
    public List<FileMetadata> run(InternalCursor inputs, MergeOutput output) {
        Slice last = null;
        for (inputs.seekToFirst(); inputs.isValid(); inputs.next()) {
            Slice key = inputs.key();
            boolean isFirst = !InternalKey.userKey(key).equals(last);
            last = InternalKey.userKey(key);
            boolean isDropped = filter.drops(key);
            boolean isEnough = isFirst && isEnough(key, output);
            if (isEnough && !isDropped) {
                output.cut();
                grandparentBytes = 0;
                hasEntries = false;
            }
            if (!isDropped) {
                output.add(key, inputs.value());
                hasEntries = true;
            }
        }
        return output.finish();
    }
}

// exercise: 5.13
// type: storagelab.compaction.CompactionJob
// verdict: caught
// because: what a table overlaps is not counted anew for the next one: behind the first long overlap each key has a table of its own
public final class CompactionJob {
    public List<FileMetadata> run(InternalCursor inputs, MergeOutput output) {
        Slice last = null;
        for (inputs.seekToFirst(); inputs.isValid(); inputs.next()) {
            Slice key = inputs.key();
            Slice user = InternalKey.userKey(key);
            if (!user.equals(last)) {
                if (isEnough(key, output)) {
                    output.cut();
                }
                last = user;
            }
            if (!filter.drops(key)) {
                output.add(key, inputs.value());
                hasEntries = true;
            }
        }
        return output.finish();
    }
}

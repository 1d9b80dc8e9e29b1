// exercise: 5.13
// type: storagelab.compaction.CompactionJob
// verdict: caught
// because: the value of each entry is read, also if it goes at once
public final class CompactionJob {
    public List<FileMetadata> run(InternalCursor inputs, MergeOutput output) {
        Slice last = null;
        for (inputs.seekToFirst(); inputs.isValid(); inputs.next()) {
            Slice key = inputs.key();
            Slice value = inputs.value();
            Slice user = InternalKey.userKey(key);
            if (!user.equals(last)) {
                if (isEnough(key, output)) {
                    output.cut();
                    grandparentBytes = 0;
                    hasEntries = false;
                }
                last = user;
            }
            if (!filter.drops(key)) {
                output.add(key, value);
                hasEntries = true;
            }
        }
        return output.finish();
    }
}

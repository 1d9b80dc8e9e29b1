// exercise: 5.13
// type: storagelab.compaction.CompactionJob
// verdict: caught
// because: a table ends where it is full, and the older versions of a key are in the next one
public final class CompactionJob {
    public List<FileMetadata> run(InternalCursor inputs, MergeOutput output) {
        for (inputs.seekToFirst(); inputs.isValid(); inputs.next()) {
            Slice key = inputs.key();
            if (isEnough(key, output)) {
                output.cut();
                grandparentBytes = 0;
                hasEntries = false;
            }
            if (!filter.drops(key)) {
                output.add(key, inputs.value());
                hasEntries = true;
            }
        }
        return output.finish();
    }
}

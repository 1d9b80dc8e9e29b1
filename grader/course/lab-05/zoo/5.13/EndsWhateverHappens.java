// exercise: 5.13
// type: storagelab.compaction.CompactionJob
// verdict: caught
// because: the output is finished even if an input is damaged: half a merge looks like a whole one
public final class CompactionJob {
    public List<FileMetadata> run(InternalCursor inputs, MergeOutput output) {
        List<FileMetadata> tables;
        try {
            Slice last = null;
            for (inputs.seekToFirst(); inputs.isValid(); inputs.next()) {
                Slice key = inputs.key();
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
                    output.add(key, inputs.value());
                    hasEntries = true;
                }
            }
        } finally {
            tables = output.finish();
        }
        return tables;
    }
}

// exercise: 5.13
// type: storagelab.compaction.CompactionJob
// verdict: caught
// because: tables of the level below count also if they were passed before the table had an entry: the first table ends after one key
public final class CompactionJob {
    private boolean isEnough(Slice key, MergeOutput output) {
        while (grandparent < grandparents.size() && isBehind(key, grandparents.get(grandparent))) {
            grandparentBytes += grandparents.get(grandparent).sizeBytes();
            grandparent++;
        }
        return output.sizeBytes() >= tableBytes || grandparentBytes > grandparentBytesMax;
    }
}

// exercise: 5.5
// type: storagelab.sstable.TableIndex
// verdict: caught
// because: a search ends at the last separator that is not greater, and so at the block before the right one
public final class TableIndex {
    private boolean isBelow(int index, Slice userKey, long tag) {
        int order = userKey.compareTo(keys, index == 0 ? 0 : keyEnds[index - 1], keyEnds[index]);
        return order != 0 ? order > 0 : Long.compareUnsigned(tags[index], tag) >= 0;
    }
}

// exercise: 5.5
// type: storagelab.sstable.FilterBlock
// verdict: caught
// because: a filter without bytes says perhaps: where no block begins everything might be
public final class FilterBlock {
    public boolean mayContain(long blockOffset, Slice userKey) {
        long index = blockOffset >>> baseBits;
        if (index < 0 || index >= count) {
            return true;
        }
        int at = offsetsAt + (int) index * Integer.BYTES;
        int from = fixed32(bytes, at);
        int to = fixed32(bytes, at + Integer.BYTES);
        if (from < 0 || to <= from || to > offsetsAt) {
            return true;
        }
        return policy.mayContain(bytes.subSlice(from, to), userKey);
    }
}

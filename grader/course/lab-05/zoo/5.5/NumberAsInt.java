// exercise: 5.5
// type: storagelab.table.FilterBlock
// verdict: caught
// because: the number of a block's filter is cut to an int: a data block behind 2^32 filters is answered by one of the first
public final class FilterBlock {
    public boolean mayContain(long blockOffset, Slice userKey) {
        int index = (int) (blockOffset >>> baseBits);
        if (index < 0 || index >= count) {
            return true;
        }
        int at = offsetsAt + (int) index * Integer.BYTES;
        int from = fixed32(bytes, at);
        int to = fixed32(bytes, at + Integer.BYTES); // behind the last offset is that of the first, where filters end
        if (from < 0 || to < from || to > offsetsAt) {
            return true;
        }
        return from < to && policy.mayContain(bytes.subSlice(from, to), userKey);
    }
}

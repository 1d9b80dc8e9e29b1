// exercise: 5.3
// type: storagelab.log.LogWriter
// verdict: caught
// because: six bytes that are left get no zeros, and the next chunk does not begin where the block does: no reader finds it again
public final class LogWriter {
    private Slice frame(Slice data) {
        if (BLOCK_BYTES - blockOffset < HEAD_BYTES) {
            blockOffset = 0;
        }
        framed.clear();
        int from = 0;
        boolean first = true;
        do {
            int length = Math.min(data.length() - from, BLOCK_BYTES - blockOffset - HEAD_BYTES);
            boolean last = from + length == data.length();
            chunk(type(first, last), data.subSlice(from, from + length));
            from += length;
            first = false;
        } while (from < data.length());
        return framed.view();
    }
}

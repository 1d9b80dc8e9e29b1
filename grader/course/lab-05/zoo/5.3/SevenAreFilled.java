// exercise: 5.3
// type: storagelab.log.LogWriter
// verdict: caught
// because: seven bytes that are left are filled, too: LevelDB puts an empty first chunk there, and its bytes are others
public final class LogWriter {
    private Slice frame(Slice data) {
        if (BLOCK_BYTES - blockOffset <= HEAD_BYTES) {
            output.append(Slice.wrap(new byte[BLOCK_BYTES - blockOffset]));
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

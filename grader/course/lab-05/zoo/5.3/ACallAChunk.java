// exercise: 5.3
// type: storagelab.log.LogWriter
// verdict: caught
// because: each chunk is a call of the operating system, and a record of several may be torn between two of them by a mere kill
public final class LogWriter {
    private Slice frame(Slice data) {
        if (BLOCK_BYTES - blockOffset < HEAD_BYTES) {
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
            if (!last) {
                output.append(framed.view());
                framed.clear();
            }
        } while (from < data.length());
        return framed.view();
    }
}

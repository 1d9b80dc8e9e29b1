// exercise: 5.3
// type: storagelab.log.LogReader
// verdict: caught
// because: behind a chunk with a wrong checksum the next one is looked for where its length says, though that may be what is wrong
public final class LogReader {
    private int dropBlock(String reason, boolean endOfFile) {
        int length = (block[position + LogLayout.LENGTH_OFFSET] & 0xff)
                | (block[position + LogLayout.LENGTH_OFFSET + 1] & 0xff) << Byte.SIZE;
        position = Math.min(block.length, position + HEAD_BYTES + length);
        ended = endOfFile || PreparedSpace.isTornTail(file, chunkStart);
        if (ended) {
            return END;
        }
        drop(reason);
        return DROPPED;
    }
}

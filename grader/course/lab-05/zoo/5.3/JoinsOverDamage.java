// exercise: 5.3
// type: storagelab.log.LogReader
// verdict: caught
// because: a record is not given up at damage: its beginning and the end of another one become a record that nobody wrote
public final class LogReader {
    private int dropBlock(String reason, boolean endOfFile) {
        position = block.length;
        ended = endOfFile || PreparedSpace.isTornTail(file, chunkStart);
        if (ended) {
            return END;
        }
        report(chunkStart, blockStart + position, reason);
        return DROPPED;
    }
}

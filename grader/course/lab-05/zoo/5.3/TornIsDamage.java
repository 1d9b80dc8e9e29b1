// exercise: 5.3
// type: storagelab.log.LogReader
// verdict: caught
// because: a log that ends in the middle of a chunk is reported as damaged: after every power cut somebody gets up at night
public final class LogReader {
    private int dropBlock(String reason, boolean endOfFile) {
        position = block.length;
        drop(reason);
        return DROPPED;
    }
}

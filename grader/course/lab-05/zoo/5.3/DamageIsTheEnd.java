// exercise: 5.3
// type: storagelab.log.LogReader
// verdict: caught
// because: a wrong checksum is taken for the end of the log: what is whole behind it is lost without a word
public final class LogReader {
    private int dropBlock(String reason, boolean endOfFile) {
        position = block.length;
        ended = true;
        return END;
    }
}

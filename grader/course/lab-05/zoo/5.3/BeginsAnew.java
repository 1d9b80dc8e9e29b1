// exercise: 5.3
// type: storagelab.log.LogWriter
// verdict: caught
// because: a writer that goes on with a log begins as if the log were empty, and its chunks run over the ends of blocks
public final class LogWriter {
    public LogWriter(LogOutput output) {
        this.output = output;
    }
}

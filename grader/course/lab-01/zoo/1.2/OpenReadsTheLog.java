// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: opening rebuilds the index, and takes time proportional to the size of the log
public final class ToyLog implements Closeable {
    public static ToyLog open(Path file, InstantSource clock) {
        try {
            ToyLog log = new ToyLog(file, clock);
            log.rebuildIndex();
            return log;
        } catch (IOException e) {
            throw new StorageIoException("opening " + file, e);
        }
    }
}

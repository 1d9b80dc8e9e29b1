// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: a log that is closed twice throws
public final class ToyLog implements Closeable {
    public void close() {
        if (!channel.isOpen()) {
            throw new IllegalStateException("closed already: " + file);
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageIoException("closing " + file, e);
        }
    }
}

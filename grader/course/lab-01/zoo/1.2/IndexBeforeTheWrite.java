// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: the index points to the new line before it is written, and after a write that failed to nothing
public final class ToyLog implements Closeable {
    public void append(String key, String value) {
        byte[] line = (new ToyLine(clock.millis(), key, value).format() + "\n").getBytes(UTF_8);
        try {
            index.put(key, new Place(end, line.length - 1));
            write(line);
        } catch (IOException e) {
            throw new StorageIoException("writing " + file, e);
        }
    }
}

// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: the newline is written by a second call, and a program that is killed in between leaves half a line
public final class ToyLog implements Closeable {
    public void append(String key, String value) {
        byte[] line = new ToyLine(clock.millis(), key, value).format().getBytes(UTF_8);
        try {
            index.put(key, new Place(end, line.length));
            write(line);
            write("\n".getBytes(UTF_8));
        } catch (IOException e) {
            throw new StorageIoException("writing " + file, e);
        }
    }
}

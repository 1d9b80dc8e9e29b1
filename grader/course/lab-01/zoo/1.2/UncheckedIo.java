// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: an error of the file system comes out as an UncheckedIOException
public final class ToyLog implements Closeable {
    public void append(String key, String value) {
        byte[] line = (new ToyLine(clock.millis(), key, value).format() + "\n").getBytes(UTF_8);
        try {
            index.put(key, new Place(end, line.length - 1));
            write(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("writing " + file, e);
        }
    }
}

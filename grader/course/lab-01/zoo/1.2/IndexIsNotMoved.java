// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: an append leaves the index at the line that the key had before
public final class ToyLog implements Closeable {
    public void append(String key, String value) {
        byte[] line = (new ToyLine(clock.millis(), key, value).format() + "\n").getBytes(UTF_8);
        try {
            Place place = new Place(end, line.length - 1);
            write(line);
            index.putIfAbsent(key, place);
        } catch (IOException e) {
            throw new StorageIoException("writing " + file, e);
        }
    }
}

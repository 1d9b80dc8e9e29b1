// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: a line has the time of the machine and not that of the clock that the log was opened with
public final class ToyLog implements Closeable {
    public void append(String key, String value) {
        byte[] line = (new ToyLine(System.currentTimeMillis(), key, value).format() + "\n").getBytes(UTF_8);
        try {
            index.put(key, new Place(end, line.length - 1));
            write(line);
        } catch (IOException e) {
            throw new StorageIoException("writing " + file, e);
        }
    }
}

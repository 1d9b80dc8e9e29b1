// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: values that were appended or read are kept in memory, which is what the file is for
public final class ToyLog implements Closeable {
    private final Map<String, String> values = new HashMap<>();

    public Optional<String> get(String key) {
        Place place = index.get(key);
        try {
            if (place != null && !values.containsKey(key)) {
                values.put(key, ToyLine.parse(read(place)).value());
            }
            return Optional.ofNullable(place == null ? null : values.get(key));
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
    }

    public void append(String key, String value) {
        byte[] line = (new ToyLine(clock.millis(), key, value).format() + "\n").getBytes(UTF_8);
        try {
            index.put(key, new Place(end, line.length - 1));
            write(line);
            values.put(key, value);
        } catch (IOException e) {
            throw new StorageIoException("writing " + file, e);
        }
    }
}

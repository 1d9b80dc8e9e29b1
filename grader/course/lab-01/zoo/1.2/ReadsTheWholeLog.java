// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: every get reads the file from the start, which is what the index is there to avoid
public final class ToyLog {
    public Optional<String> get(String key) {
        Place place = index.get(key);
        if (place == null) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            String line = new String(bytes, (int) place.offset, place.length, UTF_8);
            return Optional.of(ToyLine.parse(line).value());
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
    }
}

// exercise: 5.4
// type: storagelab.sstable.BlockBuilder
// verdict: caught
// because: all keys are kept as the slices that came, and the entries are written at the end: an array that is used again for a later key changes those before
public final class BlockBuilder {
    private final List<Slice> keys = new ArrayList<>();
    private final List<Slice> values = new ArrayList<>();

    public void add(Slice key, Slice value) {
        keys.add(key);
        values.add(Slice.copyOf(value.toByteArray()));
    }

    public Slice finish() {
        out.clear();
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 0; i < keys.size(); i++) {
            int shared = 0;
            if (i > 0 && i % restartInterval == 0) {
                starts.add(out.size());
            } else if (i > 0) {
                shared = keys.get(i - 1).commonPrefix(keys.get(i));
            }
            Slice key = keys.get(i);
            out.putVarint32(shared).putVarint32(key.length() - shared).putVarint32(values.get(i).length());
            out.putBytes(key.subSlice(shared, key.length())).putBytes(values.get(i));
        }
        for (int start : starts) {
            out.putFixed32(start);
        }
        return out.putFixed32(starts.size()).view();
    }

    public int sizeBytes() {
        return finish().length();
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    public void reset() {
        out.clear();
        keys.clear();
        values.clear();
    }
}

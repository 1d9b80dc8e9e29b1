// exercise: 5.4
// type: storagelab.sstable.BlockBuilder
// verdict: accepted
// because: what is shared is found byte by byte, the restarts are written into a buffer of their own
import storagelab.codec.ByteWriter;

public final class BlockBuilder {
    private final ByteWriter further = new ByteWriter(64);

    public void add(Slice key, Slice value) {
        int shared = 0;
        if (sinceRestart == restartInterval) {
            further.putFixed32(out.size());
            sinceRestart = 0;
        } else {
            int length = Math.min(last.length(), key.length());
            while (shared < length && last.byteAt(shared) == key.byteAt(shared)) {
                shared++;
            }
        }
        out.putVarint32(shared).putVarint32(key.length() - shared).putVarint32(value.length());
        out.putBytes(key.subSlice(shared, key.length())).putBytes(value);
        last = key;
        sinceRestart++;
    }

    public Slice finish() {
        out.putFixed32(0).putBytes(further.view());
        return out.putFixed32(1 + further.size() / 4).toSlice();
    }

    public int sizeBytes() {
        return out.size() + further.size() + 8;
    }

    public void reset() {
        out.clear();
        further.clear();
        sinceRestart = 0;
        last = Slice.EMPTY;
    }
}

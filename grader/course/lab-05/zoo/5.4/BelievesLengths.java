// exercise: 5.4
// type: storagelab.sstable.BlockCursor
// verdict: caught
// because: lengths are believed, and one that is wrong reads beyond the entries or throws what nobody expects
public final class BlockCursor {
    private void step() {
        if (next >= end) {
            entry = NONE;
            return;
        }
        int at = next;
        int shared = varint(at);
        int unshared = varint(read);
        int valueLength = varint(read);
        keyLength = shared + unshared;
        if (keyLength > key.length) {
            key = Arrays.copyOf(key, 2 * keyLength);
        }
        System.arraycopy(bytes, read, key, shared, unshared);
        valueStart = read + unshared;
        entry = at;
        next = valueStart + valueLength;
    }
}

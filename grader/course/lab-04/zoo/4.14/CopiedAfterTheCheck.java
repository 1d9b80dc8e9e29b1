// exercise: 4.14
// type: storagelab.btree.TreeReader
// verdict: caught
// because: the value is copied after the stamp was asked: what is copied may be another one
public final class TreeReader {
    private static @Nullable Slice payload(Frame frame, Slice key) {
        SlottedPage leaf = new SlottedPage(frame.bytes());
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            long stamp = frame.stamp();
            try {
                int index = leaf.indexOf(key);
                Slice payload = index < 0 ? null : leaf.payload(index);
                if (frame.isUnchangedSince(stamp)) {
                    return payload == null ? null : Slice.wrap(payload.toByteArray());
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                if (frame.isUnchangedSince(stamp)) {
                    throw e;
                }
            }
        }
        throw new Disturbed();
    }
}

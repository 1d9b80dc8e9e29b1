// exercise: 4.14
// type: storagelab.btree.TreeReader
// verdict: accepted
// because: the whole leaf is copied under the stamp and searched afterwards: slower, and never nonsense
public final class TreeReader {
    private static @Nullable Slice payload(Frame frame, Slice key) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            long stamp = frame.stamp();
            byte[] copy = frame.bytes().clone();
            if (frame.isUnchangedSince(stamp)) {
                SlottedPage leaf = new SlottedPage(copy);
                int index = leaf.indexOf(key);
                return index < 0 ? null : leaf.payload(index);
            }
        }
        throw new Disturbed();
    }
}

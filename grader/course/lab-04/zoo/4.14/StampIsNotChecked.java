// exercise: 4.14
// type: storagelab.btree.TreeReader
// verdict: caught
// because: the stamp is taken and not asked afterwards: half of one value and half of another
public final class TreeReader {
    private static @Nullable Slice payload(Frame frame, Slice key) {
        SlottedPage leaf = new SlottedPage(frame.bytes());
        while (true) {
            frame.stamp();
            try {
                int index = leaf.indexOf(key);
                return index < 0 ? null : Slice.wrap(leaf.payload(index).toByteArray());
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                Thread.onSpinWait();
            }
        }
    }
}

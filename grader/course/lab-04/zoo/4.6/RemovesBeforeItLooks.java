// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: caught
// because: the old payload is gone when it turns out that the new one does not fit
public final class SlottedPage {
    public boolean replace(int index, Slice payload) {
        Slice key = Slice.wrap(key(index).toByteArray());
        remove(index);
        return insert(index, key, payload);
    }
}

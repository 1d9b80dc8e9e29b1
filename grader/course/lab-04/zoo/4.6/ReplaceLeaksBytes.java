// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: caught
// because: the cell that a longer or shorter one replaces is not counted as dead, and its bytes are lost
public final class SlottedPage {
    public boolean replace(int index, Slice payload) {
        Slice old = payload(index);
        if (old.length() == payload.length()) {
            payload.copyTo(bytes, payloadOffset(index));
            return true;
        }
        Slice key = Slice.wrap(key(index).toByteArray());
        int size = CellLayout.bytes(key.length(), payload.length());
        if (size > freeBytes()) {
            return false;
        }
        if (size > cellsBegin() - HEAD_BYTES - SLOT_BYTES * count()) {
            compact();
        }
        PageLayout.putShort(bytes, slot(index), writeCell(key, payload));
        return true;
    }
}

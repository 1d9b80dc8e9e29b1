// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: caught
// because: a cell is refused if there is no single piece of its size, though compacting would make one
public final class SlottedPage {
    public boolean insert(int index, Slice key, Slice payload) {
        int count = count();
        if (index < 0 || index > count) {
            throw new IndexOutOfBoundsException("insertion at " + index + " of " + count + " cells");
        }
        if (cellBytes(key.length(), payload.length()) > cellsBegin() - HEAD_BYTES - SLOT_BYTES * count) {
            return false;
        }
        int slot = slot(index);
        System.arraycopy(bytes, slot, bytes, slot + SLOT_BYTES, SLOT_BYTES * (count - index));
        PageLayout.putShort(bytes, COUNT, count + 1);
        PageLayout.putShort(bytes, slot, writeCell(key, payload));
        PageLayout.putInt(bytes, slot + HINT_IN_SLOT, hintOf(key, prefixLength()));
        if (index == 0 || index == count) {
            fitPrefix(count == 0);
        }
        return true;
    }
}

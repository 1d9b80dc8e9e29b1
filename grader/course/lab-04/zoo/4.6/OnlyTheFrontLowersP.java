// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: caught
// because: p is lowered when a key comes before all others, and not when one comes behind them
public final class SlottedPage {
    public boolean insert(int index, Slice key, Slice payload) {
        int count = count();
        if (index < 0 || index > count) {
            throw new IndexOutOfBoundsException("insertion at " + index + " of " + count + " cells");
        }
        int size = cellBytes(key.length(), payload.length());
        if (size > freeBytes()) {
            return false;
        }
        if (size > cellsBegin() - HEAD_BYTES - SLOT_BYTES * count) {
            compact();
        }
        int slot = slot(index);
        System.arraycopy(bytes, slot, bytes, slot + SLOT_BYTES, SLOT_BYTES * (count - index));
        PageLayout.putShort(bytes, COUNT, count + 1);
        PageLayout.putShort(bytes, slot, writeCell(key, payload));
        PageLayout.putInt(bytes, slot + HINT_IN_SLOT, hintOf(key, prefixLength()));
        if (index == 0) {
            fitPrefix(count == 0);
        }
        return true;
    }
}

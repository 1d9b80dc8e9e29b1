// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: accepted
// because: the page is compacted whenever a cell goes, so that no byte is ever dead
public final class SlottedPage {
    public void remove(int index) {
        bury(index);
        int slot = slot(index);
        int count = count() - 1;
        System.arraycopy(bytes, slot + SLOT_BYTES, bytes, slot, SLOT_BYTES * (count - index));
        PageLayout.putShort(bytes, COUNT, count);
        compact();
    }
}

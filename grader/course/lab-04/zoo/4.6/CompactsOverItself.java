// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: caught
// because: cells are moved to the end of the page one by one, over others that have not been moved yet
public final class SlottedPage {
    public void compact() {
        int end = bytes.length;
        int count = count();
        for (int i = 0; i < count; i++) {
            int cell = PageLayout.getShort(bytes, slot(i));
            if (cell != 0) {
                int size = CellLayout.bytesAt(bytes, cell);
                end -= size;
                System.arraycopy(bytes, cell, bytes, end, size);
                PageLayout.putShort(bytes, slot(i), end);
            }
        }
        PageLayout.putInt(bytes, CELLS_BEGIN, end);
        PageLayout.putInt(bytes, DEAD, 0);
    }
}

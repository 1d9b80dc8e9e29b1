// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: accepted
// because: one binary search that compares hints, and whole keys where they are equal; a cell that goes is always dead first
public final class SlottedPage {
    public int find(Slice key) {
        if (count() == 0) {
            return -1;
        }
        int order = comparePrefix(key, prefixLength());
        if (order != 0) {
            return order < 0 ? -1 : -count() - 1;
        }
        int hint = hintOf(key, prefixLength());
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int comparison = Integer.compareUnsigned(hint(middle), hint);
            if (comparison == 0) {
                comparison = compareKey(middle, key);
            }
            if (comparison == 0) {
                return middle;
            }
            if (comparison < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    public int indexOf(Slice key) {
        return Math.max(-1, find(key));
    }

    private void bury(int index) {
        PageLayout.putInt(bytes, DEAD, dead() + CellLayout.bytesAt(bytes, checkedCell(index)));
    }
}

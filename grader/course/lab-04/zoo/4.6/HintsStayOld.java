// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: caught
// because: when p is lowered the hints of the cells that were there are not computed anew
public final class SlottedPage {
    private void fitPrefix(boolean onlyCell) {
        Slice first = key(0);
        int prefix = onlyCell ? first.length() : common(first, key(count() - 1), prefixLength());
        if (prefix != prefixLength()) {
            PageLayout.putShort(bytes, PREFIX, prefix);
            PageLayout.putInt(bytes, slot(0) + HINT_IN_SLOT, hintOf(first, prefix));
            PageLayout.putInt(bytes, slot(count() - 1) + HINT_IN_SLOT, hintOf(key(count() - 1), prefix));
        }
    }
}

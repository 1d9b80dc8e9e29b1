// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: caught
// because: only the first cell with the same hint is looked at, though there may be several
public final class SlottedPage {
    public int indexOf(Slice key) {
        int count = count();
        int first = firstNotBelow(hintOf(key, prefixLength()), 0, count);
        return first < count && compareKey(first, key) == 0 ? first : -1;
    }
}

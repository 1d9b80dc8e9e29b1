// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: caught
// because: the first cell with the same hint is taken for the key, whatever follows
public final class SlottedPage {
    public int indexOf(Slice key) {
        int count = count();
        int hint = hintOf(key, prefixLength());
        int first = firstNotBelow(hint, 0, count);
        return first < count && hint(first) == hint ? first : -1;
    }
}

// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: caught
// because: hints are compared as signed numbers, and keys that begin with 0x80 come before those with 0x7f
public final class SlottedPage {
    private int firstNotBelow(int hint, int from, int count) {
        int first = from;
        while (first < count && hint(first) < hint) {
            first++;
        }
        return first;
    }
}

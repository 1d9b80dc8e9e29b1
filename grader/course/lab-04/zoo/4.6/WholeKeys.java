// exercise: 4.6
// type: storagelab.page.SlottedPage
// verdict: caught
// because: the search compares whole keys and waits for the memory of each: the hints are there for nothing
public final class SlottedPage {
    public int find(Slice key) {
        return search(key, 0, count());
    }
}

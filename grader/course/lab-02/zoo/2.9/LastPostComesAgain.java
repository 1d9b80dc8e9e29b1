// exercise: 2.9
// type: storagelab.feed.Feed
// verdict: caught
// because: the next page begins with the last post of the page before: at the position, not after it
public final class Feed {
    private static Slice successor(Slice key) {
        return key;
    }
}

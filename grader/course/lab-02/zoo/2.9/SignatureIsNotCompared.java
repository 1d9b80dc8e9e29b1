// exercise: 2.9
// type: storagelab.feed.PageToken
// verdict: caught
// because: the signature is made and sent, and nobody looks at it when it comes back
public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    private static boolean isSigned(byte[] token, TokenKeys keys, int epoch) {
        return true;
    }
}

// exercise: 2.9
// type: storagelab.feed.PageToken
// verdict: caught
// because: tokens of an older epoch whose secret is still held are refused: a rotation ends every walk
public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    private static boolean isSigned(byte[] token, TokenKeys keys, int epoch) {
        byte[] received = new byte[PageTokenLayout.SIGNATURE_BYTES];
        System.arraycopy(token, PageTokenLayout.SIGNATURE_OFFSET, received, 0, received.length);
        return MessageDigest.isEqual(received, signature(token, keys, keys.newestEpoch()));
    }
}

// exercise: 2.9
// type: storagelab.feed.PageToken
// verdict: caught
// because: only the first 16 bytes of the signature are compared
public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    private static boolean isSigned(byte[] token, TokenKeys keys, int epoch) {
        byte[] expected = signature(token, keys, epoch);
        for (int i = 0; i < 16; i++) {
            if (token[PageTokenLayout.SIGNATURE_OFFSET + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}

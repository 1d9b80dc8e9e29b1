// exercise: 2.9
// type: storagelab.feed.PageToken
// verdict: caught
// because: a plain SHA-256 can be made by anybody: it protects against accidents only
public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    private static byte[] signature(byte[] token, TokenKeys keys, int epoch) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(token, 0, PageTokenLayout.SIGNATURE_OFFSET);
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

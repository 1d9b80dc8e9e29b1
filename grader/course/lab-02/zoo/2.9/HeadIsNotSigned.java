// exercise: 2.9
// type: storagelab.feed.PageToken
// verdict: caught
// because: version and epoch are left out of the signature
public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    private static byte[] signature(byte[] token, TokenKeys keys, int epoch) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(keys.key(epoch));
            mac.update(
                    token,
                    PageTokenLayout.USER_OFFSET,
                    PageTokenLayout.SIGNATURE_OFFSET - PageTokenLayout.USER_OFFSET);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

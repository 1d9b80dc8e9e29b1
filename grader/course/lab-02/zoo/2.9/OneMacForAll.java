// exercise: 2.9
// type: storagelab.feed.PageToken
// verdict: caught
// because: one Mac for all threads, whose tokens get mixed up
public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    private static final Mac MAC = newMac();

    private static Mac newMac() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] signature(byte[] token, TokenKeys keys, int epoch) {
        try {
            MAC.init(keys.key(epoch));
            MAC.update(token, 0, PageTokenLayout.SIGNATURE_OFFSET);
            return MAC.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

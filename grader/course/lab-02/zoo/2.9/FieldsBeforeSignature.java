// exercise: 2.9
// type: storagelab.feed.PageToken
// verdict: caught
// because: the fields are read before the signature is compared, and forged ones throw something else
public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    public static PageToken decode(String text, TokenKeys keys) {
        byte[] bytes = bytesOf(text);
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        if (fields.get() != PageTokenLayout.VERSION) {
            throw new PageTokenException(Reason.UNKNOWN_VERSION);
        }
        int epoch = Short.toUnsignedInt(fields.getShort());
        FeedFilter filter = new FeedFilter(fields.getLong(), fields.getLong(), fields.getLong());
        PageToken token = new PageToken(filter, fields.getLong(), fields.getLong());
        if (epoch < keys.oldestEpoch()) {
            throw new PageTokenException(Reason.STALE);
        }
        if (epoch > keys.newestEpoch() || !isSigned(bytes, keys, epoch)) {
            throw new PageTokenException(Reason.FORGED);
        }
        return token;
    }
}

// exercise: 2.9
// type: storagelab.feed.PageToken
// verdict: caught
// because: the epoch is read as a signed short, and from 32,768 on every token is stale
public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    public static PageToken decode(String text, TokenKeys keys) {
        byte[] bytes = bytesOf(text);
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        if (fields.get() != PageTokenLayout.VERSION) {
            throw new PageTokenException(Reason.UNKNOWN_VERSION);
        }
        int epoch = fields.getShort();
        if (epoch < keys.oldestEpoch()) {
            throw new PageTokenException(Reason.STALE);
        }
        if (epoch > keys.newestEpoch() || !isSigned(bytes, keys, epoch)) {
            throw new PageTokenException(Reason.FORGED);
        }
        FeedFilter filter = new FeedFilter(fields.getLong(), fields.getLong(), fields.getLong());
        return new PageToken(filter, fields.getLong(), fields.getLong());
    }
}

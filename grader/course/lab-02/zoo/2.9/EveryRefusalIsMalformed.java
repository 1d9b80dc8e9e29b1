// exercise: 2.9
// type: storagelab.feed.PageToken
// verdict: caught
// because: a PageTokenException is an IllegalArgumentException, too, and is caught with those of the decoder
public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    public static PageToken decode(String text, TokenKeys keys) {
        try {
            byte[] bytes = bytesOf(text);
            ByteBuffer fields = ByteBuffer.wrap(bytes);
            if (fields.get() != PageTokenLayout.VERSION) {
                throw new PageTokenException(Reason.UNKNOWN_VERSION);
            }
            int epoch = Short.toUnsignedInt(fields.getShort());
            if (epoch < keys.oldestEpoch()) {
                throw new PageTokenException(Reason.STALE);
            }
            if (epoch > keys.newestEpoch() || !isSigned(bytes, keys, epoch)) {
                throw new PageTokenException(Reason.FORGED);
            }
            FeedFilter filter = new FeedFilter(fields.getLong(), fields.getLong(), fields.getLong());
            return new PageToken(filter, fields.getLong(), fields.getLong());
        } catch (IllegalArgumentException e) {
            throw new PageTokenException(Reason.MALFORMED);
        }
    }
}

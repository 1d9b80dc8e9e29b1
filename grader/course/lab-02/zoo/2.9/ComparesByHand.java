// exercise: 2.9
// type: storagelab.feed.PageToken
// verdict: accepted
// because: the differences of all bytes are gathered, so that the comparison takes the same time for every token
public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    private static boolean isSigned(byte[] token, TokenKeys keys, int epoch) {
        byte[] expected = signature(token, keys, epoch);
        int difference = 0;
        for (int i = 0; i < expected.length; i++) {
            difference |= token[PageTokenLayout.SIGNATURE_OFFSET + i] ^ expected[i];
        }
        return difference == 0;
    }
}

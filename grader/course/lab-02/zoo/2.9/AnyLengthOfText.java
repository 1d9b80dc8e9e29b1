// exercise: 2.9
// type: storagelab.feed.PageToken
// verdict: caught
// because: text with padding, or of another length, is decoded as far as it goes
import java.util.Arrays;

public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    private static byte[] bytesOf(String text) {
        try {
            return Arrays.copyOf(Base64.getUrlDecoder().decode(text), PageTokenLayout.BYTES);
        } catch (IllegalArgumentException e) {
            throw new PageTokenException(Reason.MALFORMED);
        }
    }
}

package storagelab.feed;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.feed.PageTokenException.Reason;

/**
 * Where the next page of a feed begins: behind the last post of the page before. A client is sent it as text, keeps it
 * without looking into it, and sends it back. What comes back is input like any other: nothing in it is believed before
 * its signature was compared.
 *
 * <p>Format: {@link PageTokenLayout} and {@code notes/formats/page-token.md}. The signature is the HMAC-SHA-256 of all
 * bytes before it, made with the secret of the epoch that the token names. An HMAC is a checksum that only somebody with
 * the secret can make.
 *
 * <p>Example: version 1, epoch 5, user 12345, times [1,699,999,000,000, 2⁶³−1), last post 7 at 1,700,000,000,000 ms,
 * signed with the 32 bytes {@code 00 01 02 … 1f}, is
 *
 * <pre>
 * AQAFAAAAAAAAMDkAAAGLz9YlwH__________AAABi8_laAAAAAAAAAAAB3Cs-9BHYUP4zc--wxAm0HsKjmfZ7tnUkAc3dnHcMod-
 * </pre>
 *
 * @param filter which posts the feed shows
 * @param timestampMillis when the last post of the page was published; a time that the filter covers
 * @param postId the id of that post; not negative
 */
public record PageToken(FeedFilter filter, long timestampMillis, long postId) {
    /**
     * Checks that there can be such a post in the feed.
     *
     * @throws IllegalArgumentException if the filter does not cover the time, or the id is negative
     */
    public PageToken {
        if (!filter.covers(timestampMillis) || postId < 0) {
            throw new IllegalArgumentException("post " + postId + " at " + timestampMillis + " ms in " + filter);
        }
    }

    /**
     * The token as text for a client: 100 characters {@code A–Z a–z 0–9 - _}, signed with the newest secret of {@code
     * keys}. The same token and secret give the same text.
     *
     * <p>Concurrency: from many threads at once, with the same keys. A {@link Mac} is for one thread.
     */
    @ExercisePart("2.9")
    public String encode(TokenKeys keys) {
        ByteBuffer bytes = ByteBuffer.allocate(PageTokenLayout.BYTES)
                .put((byte) PageTokenLayout.VERSION)
                .putShort((short) keys.newestEpoch())
                .putLong(filter.userId())
                .putLong(filter.sinceMillis())
                .putLong(filter.untilMillis())
                .putLong(timestampMillis)
                .putLong(postId);
        bytes.put(signature(bytes.array(), keys, keys.newestEpoch()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * The token that {@link #encode} made into {@code text}, with any secret that {@code keys} still hold.
     *
     * <p>Checks in this order, and throws a {@link PageTokenException} with the reason of the first that fails:
     *
     * <ol>
     *   <li>it is 100 characters of the URL-safe alphabet and nothing else, otherwise {@link Reason#MALFORMED};
     *   <li>the version is 1, otherwise {@link Reason#UNKNOWN_VERSION};
     *   <li>the epoch is not less than {@link TokenKeys#oldestEpoch}, otherwise {@link Reason#STALE}; nor greater than
     *       {@link TokenKeys#newestEpoch}, otherwise {@link Reason#FORGED};
     *   <li>the signature is that of the bytes before it, otherwise {@link Reason#FORGED}. Only then look at the rest.
     * </ol>
     *
     * <p>Compare signatures with {@link MessageDigest#isEqual}, which takes the same time wherever the first difference
     * is. A comparison that stops there tells a patient attacker, by its time, how many bytes of a guess are right, and
     * 32 bytes guessed one after the other are 8,192 tries instead of 2²⁵⁶.
     *
     * @throws PageTokenException if {@code text} is not such a token; no other exception, whatever it is
     */
    @ExercisePart("2.9")
    public static PageToken decode(String text, TokenKeys keys) {
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
    }

    @Solution
    private static byte[] bytesOf(String text) {
        // The decoder takes padding, too: text of another length that stands for 75 bytes is not a token of ours.
        if (text.length() != PageTokenLayout.TEXT_LENGTH || text.endsWith("=")) {
            throw new PageTokenException(Reason.MALFORMED);
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new PageTokenException(Reason.MALFORMED);
        }
    }

    @Solution
    private static boolean isSigned(byte[] token, TokenKeys keys, int epoch) {
        ByteBuffer received = ByteBuffer.wrap(token, PageTokenLayout.SIGNATURE_OFFSET, PageTokenLayout.SIGNATURE_BYTES);
        byte[] signature = new byte[PageTokenLayout.SIGNATURE_BYTES];
        received.get(signature);
        return MessageDigest.isEqual(signature, signature(token, keys, epoch));
    }

    /** The HMAC of the bytes of {@code token} before its signature. */
    @Solution
    private static byte[] signature(byte[] token, TokenKeys keys, int epoch) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(keys.key(epoch));
            mac.update(token, 0, PageTokenLayout.SIGNATURE_OFFSET);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HMAC-SHA-256", e);
        }
    }
}

package storagelab.feed;

/**
 * Where the fields of a page token are, in bytes; integers have the highest byte first. As text a token is the URL-safe
 * Base64 of these bytes, without padding: 75 bytes are exactly 100 characters.
 *
 * <p>Format: {@code notes/formats/page-token.md}.
 */
public final class PageTokenLayout {
    /** Where the version is: one byte. */
    public static final int VERSION_OFFSET = 0;
    /** Where the epoch of the secret is: two bytes, unsigned. */
    public static final int EPOCH_OFFSET = 1;
    /** Where the user of the filter is: eight bytes. */
    public static final int USER_OFFSET = 3;
    /** Where the earliest time of the filter is, in milliseconds: eight bytes. */
    public static final int SINCE_OFFSET = 11;
    /** Where the end of the filter's time range is, in milliseconds: eight bytes. */
    public static final int UNTIL_OFFSET = 19;
    /** Where the time of the last post of the page is, in milliseconds: eight bytes. */
    public static final int TIMESTAMP_OFFSET = 27;
    /** Where the id of the last post of the page is: eight bytes. */
    public static final int POST_ID_OFFSET = 35;
    /** Where the HMAC-SHA-256 of all bytes before it is. */
    public static final int SIGNATURE_OFFSET = 43;
    /** Size of the signature. */
    public static final int SIGNATURE_BYTES = 32;
    /** Size of a token. */
    public static final int BYTES = SIGNATURE_OFFSET + SIGNATURE_BYTES;

    /** Number of characters of a token as text. */
    public static final int TEXT_LENGTH = 100;

    /** The version that is written, and the only one that is read. */
    public static final int VERSION = 1;

    private PageTokenLayout() {}
}

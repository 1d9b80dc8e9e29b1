package storagelab.feed;

/**
 * A page token that was handed in cannot be continued from. The message is one sentence for the client; nothing of the
 * token is in it.
 */
public final class PageTokenException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Why a token is refused, in the order in which it is found out. */
    public enum Reason {
        /** It is not 100 characters of the URL-safe Base64 alphabet. */
        MALFORMED("the page token is cut short or garbled"),
        /** Its first byte is another version of the format than {@link PageTokenLayout#VERSION}. */
        UNKNOWN_VERSION("the page token has a format version that is not known here"),
        /** Its epoch is older than the oldest whose secret is still held: {@link TokenKeys#oldestEpoch}. */
        STALE("the page token was signed with a secret that has been retired since: begin again at the first page"),
        /** It is not signed with the secret of its epoch, or its epoch has not begun yet. */
        FORGED("the signature of the page token is not right: it was changed, or made by somebody else"),
        /** It is genuine, and continues a page of another user or another time range. */
        FOREIGN_FILTER("the page token belongs to another user or another time range");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Reason reason;

    /** An exception whose message is the sentence of {@code reason}. */
    public PageTokenException(Reason reason) {
        super(reason.sentence);
        this.reason = reason;
    }

    /** Why the token is refused. */
    public Reason reason() {
        return reason;
    }
}

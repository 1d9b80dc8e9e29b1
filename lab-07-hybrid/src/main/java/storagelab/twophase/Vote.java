package storagelab.twophase;

/**
 * What a participant answers when it is asked to prepare.
 *
 * @param kind of the answer
 * @param reason why it refuses, as a sentence; empty for the other kinds
 */
public record Vote(Kind kind, String reason) {
    /** The kinds of answers. */
    public enum Kind {
        /** It has made the writes durable and can commit them whatever happens. */
        YES,
        /** It refuses, and has kept nothing. */
        NO,
        /** It has nothing to write: it has left the transaction, and the outcome does not concern it. */
        READ_ONLY
    }

    /** It can commit. */
    public static Vote yes() {
        return new Vote(Kind.YES, "");
    }

    /** It refuses. */
    public static Vote no(String reason) {
        return new Vote(Kind.NO, reason);
    }

    /** It has left. */
    public static Vote readOnly() {
        return new Vote(Kind.READ_ONLY, "");
    }
}

package storagelab.hybrid;

/** What an {@link EngineRouter} has found about a range, in the order in which it asks. */
public enum Verdict {
    /** A move is under way; nothing else is asked. */
    MOVING,
    /** The other engine is not cheaper by the ratio of the options. */
    STAYS,
    /** The other engine has been cheaper for less than a period; also: the last move ended less than a period ago. */
    TOO_NEW,
    /** Over the horizon, the move would cost at least what it saves. */
    TOO_LITTLE,
    /** A move has failed, and its delay is not over. */
    PUT_OFF,
    /** There is not enough budget, or a better move waits for it. */
    NO_BUDGET,
    /** The range has to move now. */
    MOVE
}

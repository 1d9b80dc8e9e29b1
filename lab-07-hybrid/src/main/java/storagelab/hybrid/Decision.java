package storagelab.hybrid;

import java.util.Locale;
import storagelab.api.KeyRange;
import storagelab.recovery.EngineKind;

/**
 * What an {@link EngineRouter} has decided about a range, and why.
 *
 * @param range the keys
 * @param from the engine that has them
 * @param verdict whether they move, or why they do not
 * @param evidence the numbers
 */
public record Decision(KeyRange range, EngineKind from, Verdict verdict, Evidence evidence) {
    /** The other engine: to which the range moves if it does. */
    public EngineKind to() {
        return from == EngineKind.BTREE ? EngineKind.LSM : EngineKind.BTREE;
    }

    /** One line for a log, with the numbers. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%s %s %s: %.0f requests/s cost %.0f us/s here and %.0f us/s on %s, cheaper for %d s; a move of %d bytes costs %.0f us and saves %.0f us",
                verdict,
                range,
                from,
                evidence.requestsPerSecond(),
                evidence.costs().of(from),
                evidence.costs().of(to()),
                to(),
                evidence.cheaperFor().toSeconds(),
                evidence.bytes(),
                evidence.moveMicros(),
                evidence.savedMicros());
    }
}

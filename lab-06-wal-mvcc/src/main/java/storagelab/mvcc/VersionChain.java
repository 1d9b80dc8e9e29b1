package storagelab.mvcc;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/**
 * Values that a key had, the one that was replaced last first. A chain never changes: a new one refers to the rest of it.
 *
 * <p>Example: a key has had the values a, b and c. The batch whose last sequence is 10 replaced a, that with 20 replaced b. The
 * chain is {@code (20, b) → (10, a)}, and c is in the engine. A view at 15 reads b: it is the value that was replaced first of
 * those that were replaced after 15. A view at 20 or later finds nothing here and reads c.
 *
 * @param replacedAt the last sequence of the batch that replaced it
 * @param value it had; null if it had none
 * @param older values that were replaced before; null if none is kept
 */
record VersionChain(
        long replacedAt, @Nullable Slice value, @Nullable VersionChain older) {
    /** The version that a view at {@code sequence} reads; null if that is the value in the engine. */
    @Nullable
    VersionChain at(long sequence) {
        VersionChain found = null;
        for (VersionChain next = this; next != null && next.replacedAt > sequence; next = next.older) {
            found = next;
        }
        return found;
    }

    /** This chain without the values that no view reads; null if nothing is left. */
    @Nullable
    VersionChain neededBy(Watermark watermark) {
        VersionChain rest = older == null ? null : older.neededBy(watermark);
        long validFrom = rest == null ? 0 : rest.replacedAt; // no view reads at a sequence in between
        if (!watermark.isHeldIn(validFrom, replacedAt)) {
            return rest;
        }
        return rest == older ? this : new VersionChain(replacedAt, value, rest);
    }

    /** This chain without the values that were replaced at {@code watermark} or before; null if nothing is left. */
    @Nullable
    VersionChain above(long watermark) {
        if (replacedAt <= watermark) {
            return null;
        }
        VersionChain rest = older == null ? null : older.above(watermark);
        return rest == older ? this : new VersionChain(replacedAt, value, rest);
    }

    /** How many versions there are. */
    int length() {
        int length = 0;
        for (VersionChain next = this; next != null; next = next.older) {
            length++;
        }
        return length;
    }
}

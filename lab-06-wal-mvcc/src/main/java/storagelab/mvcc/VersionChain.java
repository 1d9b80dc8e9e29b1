package storagelab.mvcc;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;

/**
 * Values that a key had, the one that was replaced last first. A chain never changes: a new one refers to the rest of it.
 *
 * <p>Example: a key has had the values a, b and c. The batch whose last sequence is 10 replaced a, the one whose last
 * sequence is 20 replaced b. The chain is {@code (20, b) → (10, a)}, and c is in the engine.
 *
 * @param replacedAt the last sequence of the batch that replaced it
 * @param value it had; null if it had none
 * @param older values that were replaced before; null if none is kept
 */
public record VersionChain(
        long replacedAt, @Nullable Slice value, @Nullable VersionChain older) {
    /**
     * The version that a view at {@code sequence} reads: of the values that were replaced after {@code sequence}, the one
     * that was replaced first; null if there is none, since the view then reads the value in the engine.
     *
     * <p>Example: in {@code (20, b) → (10, a)} a view at 9 reads a, a view at 10 reads b, as does a view at 19. A view at
     * 20 finds null.
     */
    @ExercisePart("6.7")
    public @Nullable VersionChain at(long sequence) {
        VersionChain found = null;
        for (VersionChain next = this; next != null && next.replacedAt > sequence; next = next.older) {
            found = next;
        }
        return found;
    }

    /**
     * This chain without the values that no view reads; null if nothing is left. A value was valid from the moment at
     * which the next older value was replaced until it was replaced itself: a view that reads it has a sequence s with
     * {@code older.replacedAt ≤ s < replacedAt}. The oldest value was valid from 0.
     *
     * <p>Example: views read at 12 and 25. Of {@code (30, d) → (20, c) → (15, b) → (10, a)} the values d, valid from 20,
     * and b, valid from 10, stay: {@code (30, d) → (15, b)}.
     *
     * <p>If every value stays, the result is this chain itself. The chain may have 100,000 values.
     */
    @ExercisePart("6.10")
    public @Nullable VersionChain neededBy(Watermark watermark) {
        Deque<VersionChain> newestFirst = new ArrayDeque<>();
        for (VersionChain next = this; next != null; next = next.older) {
            newestFirst.addLast(next);
        }
        VersionChain rest = null;
        long validFrom = 0;
        for (VersionChain next = newestFirst.pollLast(); next != null; next = newestFirst.pollLast()) {
            if (watermark.isHeldIn(validFrom, next.replacedAt)) {
                rest = rest == next.older ? next : new VersionChain(next.replacedAt, next.value, rest);
            }
            validFrom = next.replacedAt;
        }
        return rest;
    }

    /**
     * This chain without the values that were replaced at {@code watermark} or before; null if nothing is left.
     *
     * <p>Example: of {@code (30, d) → (20, c) → (15, b)}, above 15 there is {@code (30, d) → (20, c)}.
     *
     * <p>If every value stays, the result is this chain itself. The chain may have 100,000 values.
     */
    @ExercisePart("6.10")
    public @Nullable VersionChain above(long watermark) {
        Deque<VersionChain> newestFirst = new ArrayDeque<>();
        VersionChain next = this;
        while (next != null && next.replacedAt > watermark) {
            newestFirst.addLast(next);
            next = next.older;
        }
        if (next == null) {
            return this;
        }
        VersionChain left = null;
        for (VersionChain one = newestFirst.pollLast(); one != null; one = newestFirst.pollLast()) {
            left = new VersionChain(one.replacedAt, one.value, left);
        }
        return left;
    }

    /** How many versions there are. */
    int length() {
        int length = 0;
        for (VersionChain next = this; next != null; next = next.older) {
            length++;
        }
        return length;
    }

    /** Bytes of their values. */
    long valueBytes() {
        long bytes = 0;
        for (VersionChain next = this; next != null; next = next.older) {
            bytes += next.value == null ? 0 : next.value.length();
        }
        return bytes;
    }

    /** Whether one of the versions was replaced at {@code sequence}. */
    boolean has(long sequence) {
        VersionChain next = this;
        while (next != null && next.replacedAt > sequence) {
            next = next.older;
        }
        return next != null && next.replacedAt == sequence;
    }
}

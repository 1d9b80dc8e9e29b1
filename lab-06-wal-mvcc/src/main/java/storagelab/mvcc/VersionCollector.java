package storagelab.mvcc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;

/**
 * Drops the replaced values that no view reads. The engine's owner tells it about every batch that leaves versions, and
 * about every view that is closed; nothing else starts a collection, and there is no thread of its own.
 *
 * <p>Two cases are different. A view reads at 5 for an hour, and a key is written a million times: the watermark stays at
 * 5, but only the value that was valid at 5 is needed. {@link #published} finds that out, by looking at the chains of the
 * keys of the batch. And when the view is closed, values of many keys can go at once. {@link #collect} finds those, by
 * the order in which they were replaced.
 *
 * <p>Concurrency: safe for many threads. {@link #published} is called by one thread at a time.
 */
public final class VersionCollector {
    private static final int KEPT_MIN = 1024;

    private final VersionChains chains;

    private final Watermark watermark;

    /** The versions in chains, in the order in which they were replaced. Guarded by this. */
    @Solution
    private final Deque<Kept> kept = new ArrayDeque<>();

    /** A version that is in a chain. */
    @Solution
    private record Kept(long replacedAt, Slice key) {}

    /** A collector of the values in {@code chains}, of which there are none yet, for the views of {@code watermark}. */
    public VersionCollector(VersionChains chains, Watermark watermark) {
        this.chains = chains;
        this.watermark = watermark;
    }

    /**
     * A batch was published: for each of {@code keys}, the value that the batch replaced is in a chain, and
     * {@code replacedAt} is visible. Every value of these keys that no view reads is dropped, by
     * {@link VersionChain#neededBy}. So after a write a key has at most as many versions as there are different sequences
     * at which views read.
     *
     * <p>Example: a view reads at 5, and a key is written at 6, 7 and 8. The value from before 6 stays. The values of 6
     * and 7 go as soon as they are replaced.
     *
     * <p>Cost: for each key, its chain; not the versions of other keys. Over many batches, the memory beyond the chains
     * stays proportional to the number of versions in them: a version that was dropped leaves nothing behind for good.
     */
    @Exercise(
            id = "6.10",
            title = "Version collection by watermark",
            points = 5,
            difficulty = Difficulty.MEDIUM,
            hours = 3,
            needs = {"2.7", "6.7"})
    public synchronized void published(Set<Slice> keys, long replacedAt) {
        for (Slice key : keys) {
            chains.update(key, chain -> chain.neededBy(watermark));
            VersionChain chain = chains.get(key);
            if (chain != null && chain.replacedAt() == replacedAt) {
                kept.addLast(new Kept(replacedAt, key));
            }
        }
        if (kept.size() > KEPT_MIN && kept.size() > 2 * chains.versions()) {
            kept.removeIf(one -> !isInChain(one));
        }
    }

    @Solution
    private boolean isInChain(Kept one) {
        VersionChain chain = chains.get(one.key);
        return chain != null && chain.has(one.replacedAt);
    }

    /**
     * Drops every value that was replaced at the watermark or before: no view that is open reads it, and no view that
     * begins later. If no view is open, no version of a published batch is left. Another thread may be in the middle of
     * publishing a batch: the values that it has already added to chains, with a sequence that is not yet visible, stay,
     * since a view may begin now that reads them. {@link VersionChain#above} keeps them, {@link VersionChain#neededBy}
     * does not.
     *
     * <p>Example: views read at 5 and 9. Values were replaced at 6, 8 and 12. When the view at 5 is closed, the watermark
     * is 9, and the values that were replaced at 6 and 8 go, whichever keys they belong to.
     *
     * <p>Cost: proportional to the values that are dropped and the lengths of their chains; a call that drops nothing
     * looks at no chain.
     */
    @ExercisePart("6.10")
    public synchronized void collect() {
        long lowest = watermark.lowest();
        for (Kept oldest = kept.peekFirst(); oldest != null && oldest.replacedAt <= lowest; oldest = kept.peekFirst()) {
            chains.update(oldest.key, chain -> chain.above(lowest));
            kept.removeFirst();
        }
    }
}

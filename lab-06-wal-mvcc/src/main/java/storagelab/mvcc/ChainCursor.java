package storagelab.mvcc;

import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;
import storagelab.cursor.EntryCursor;

/**
 * A cursor over what a view reads from the chains and not from the engine: the values that were replaced after it, and as
 * tombstones the keys that had none. Chains that are added or dropped meanwhile do no harm: those that the view needs
 * stay.
 *
 * <p>Cost: O(log n) a move, with n chains; a move passes over chains that the view does not need.
 */
final class ChainCursor implements EntryCursor {
    private final NavigableMap<Slice, VersionChain> chains;
    private final long sequence;
    private Map.@Nullable Entry<Slice, VersionChain> current; // with the version that the view reads

    ChainCursor(NavigableMap<Slice, VersionChain> chains, long sequence) {
        this.chains = chains;
        this.sequence = sequence;
    }

    /**
     * Moves to the first entry whose chain has a version for this view ({@link VersionChain#at}): {@code first}, or else
     * the first that {@code step} leads to from there, key by key. If there is none, the cursor is at no entry.
     */
    @ExercisePart("6.7")
    private void settle(
            Map.@Nullable Entry<Slice, VersionChain> first,
            Function<Slice, Map.@Nullable Entry<Slice, VersionChain>> step) {
        Map.Entry<Slice, VersionChain> entry = first;
        while (entry != null) {
            VersionChain version = entry.getValue().at(sequence);
            if (version != null) {
                current = Map.entry(entry.getKey(), version);
                return;
            }
            entry = step.apply(entry.getKey());
        }
        current = null;
    }

    private Map.Entry<Slice, VersionChain> current() {
        if (current == null) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return current;
    }

    @Override
    public boolean isTombstone() {
        return current().getValue().value() == null;
    }

    @Override
    public boolean isValid() {
        return current != null;
    }

    @Override
    public void seekToFirst() {
        settle(chains.firstEntry(), chains::higherEntry);
    }

    @Override
    public void seekToLast() {
        settle(chains.lastEntry(), chains::lowerEntry);
    }

    @Override
    public void seek(Slice key) {
        settle(chains.ceilingEntry(key), chains::higherEntry);
    }

    @Override
    public void seekBefore(Slice key) {
        settle(chains.lowerEntry(key), chains::lowerEntry);
    }

    @Override
    public void next() {
        settle(chains.higherEntry(current().getKey()), chains::higherEntry);
    }

    @Override
    public void prev() {
        settle(chains.lowerEntry(current().getKey()), chains::lowerEntry);
    }

    @Override
    public Slice key() {
        return current().getKey();
    }

    @Override
    public Slice value() {
        Slice value = current().getValue().value();
        return value == null ? Slice.EMPTY : value;
    }

    @Override
    public void close() {
        current = null;
    }
}
